import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Describe, DescribeOpenCalls } from '../../api-description/describe';
import { TEXT } from '../../api-description/schema';
import { Gauges } from './gauges';

/** For Prometheus. Open, like health: it holds names of destinations and numbers, nothing of an event. */
@DescribeOpenCalls('Metrics')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly registry: Registry,
    private readonly gauges: Gauges,
  ) {}

  @Get()
  @Describe('Metrics for Prometheus', { answer: TEXT, contentType: 'text/plain' })
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  async scrape(): Promise<string> {
    await this.gauges.refresh();
    return this.registry.metrics();
  }
}
