import { Controller, Get, UseGuards } from '@nestjs/common';
import { AdminTokenGuard } from './admin-token.guard';
import { OverviewService } from './overview.service';
import type { Overview } from './overview.service';

/** The relay at a glance: the last hour, what waits, and how each destination is doing. */
@Controller('api/overview')
@UseGuards(AdminTokenGuard)
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  show(): Promise<Overview> {
    return this.overview.read();
  }
}
