import { Controller, Get, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { OVERVIEW } from '../api-description/overview-schemas';
import { AdminTokenGuard } from './admin-token.guard';
import { OverviewService } from './overview.service';
import type { Overview } from './overview.service';

/** The relay at a glance: the last hour, what waits, and how each destination is doing. */
@DescribeAdminCalls('Overview')
@Controller('api/overview')
@UseGuards(AdminTokenGuard)
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @Describe('The last hour, what waits, and how each destination is doing', { answer: OVERVIEW })
  show(): Promise<Overview> {
    return this.overview.read();
  }
}
