import { BadRequestException, Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../../api-description/describe';
import { USAGE, USAGE_QUERY } from '../../api-description/usage-schemas';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { Destination, RelayConfig } from '../../config/relay-config';
import { AdminTokenGuard } from '../admin-token.guard';
import { expectFields, readText } from '../read-query';
import type { Fields } from '../read-query';
import { UsageService } from './usage.service';
import type { UsageReport } from './usage.service';

/** What UserLeap will ask for. */
@DescribeAdminCalls('Usage')
@Controller('api/usage')
@UseGuards(AdminTokenGuard)
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
  ) {}

  @Get()
  @Describe('Users, events and attributes that were sent in a calendar month (UTC)', {
    query: USAGE_QUERY,
    answer: USAGE,
  })
  show(@Query() query: Fields): Promise<UsageReport> {
    expectFields(query, USAGE_QUERY);
    return this.usage.read(this.#find(readText('destination', query.destination)), readMonth(query.month));
  }

  #find(name: string | undefined): Destination {
    const { destinations } = this.config;
    const [only, ...others] = destinations;
    if (name === undefined && only && others.length === 0) return only;
    const found = destinations.find((one) => one.name === name);
    if (found) return found;
    throw new BadRequestException(`destination: expected one of ${destinations.map((one) => one.name).join(', ')}`);
  }
}

/** 202612 of `2026-12`; undefined where there is none. */
function readMonth(value: unknown): number | undefined {
  const text = readText('month', value);
  if (text === undefined) return undefined;
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year !== undefined) return Number(`${year}${month}`);
  throw new BadRequestException('month: expected a month such as 2026-12');
}
