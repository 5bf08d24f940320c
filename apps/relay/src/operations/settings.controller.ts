import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { SETTINGS } from '../api-description/settings-schemas';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { showSettings } from '../config/show-settings';
import type { ShownVariable } from '../config/show-variables';
import { AdminTokenGuard } from './admin-token.guard';

interface ShownDestination {
  readonly name: string;
  readonly writeKeys: number;
  readonly sharedSecrets: number;
  readonly rateLimit: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What this relay is set to do: what arrived, and what is a default. */
@DescribeAdminCalls('Settings')
@Controller('api/settings')
@UseGuards(AdminTokenGuard)
export class SettingsController {
  constructor(@Inject(RELAY_CONFIG) private readonly config: RelayConfig) {}

  @Get()
  @Describe('What this relay is set to do; secrets are masked', { answer: SETTINGS })
  show(): { variables: readonly ShownVariable[]; destinations: readonly ShownDestination[] } {
    const { variables, destinations } = this.config;
    return { variables, destinations: destinations.map(showDestination) };
  }
}

function showDestination({ name, writeKeys, sharedSecrets, settings, budget }: Destination): ShownDestination {
  return {
    name,
    writeKeys: writeKeys.length,
    sharedSecrets: sharedSecrets.length,
    rateLimit: `${budget.requests}/${budget.windowMs / 1000}s`,
    settings: showSettings(settings),
  };
}
