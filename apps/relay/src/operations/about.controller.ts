import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { about, listOf, named, object, TEXT } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { VERSION } from '../config/version';
import { AdminTokenGuard } from './admin-token.guard';

const ABOUT = named(
  'About',
  object({
    name: about('RELAY_NAME', TEXT),
    version: TEXT,
    hosts: about('Which UserLeap it delivers to', listOf(TEXT)),
  }),
);

/** Which relay this is, so that nobody takes one for another. */
@DescribeAdminCalls('Overview')
@Controller('api/about')
@UseGuards(AdminTokenGuard)
export class AboutController {
  constructor(@Inject(RELAY_CONFIG) private readonly config: RelayConfig) {}

  @Get()
  @Describe('Which relay this is', { answer: ABOUT })
  show(): { name: string; version: string; hosts: readonly string[] } {
    const hosts = this.config.destinations.map(({ settings }) => new URL(settings.endpoint).host);
    return { name: this.config.name, version: VERSION, hosts: [...new Set(hosts)] };
  }
}
