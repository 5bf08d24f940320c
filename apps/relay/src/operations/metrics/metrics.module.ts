import { Global, Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { RELAY_OBSERVER } from '../../observer/relay-observer';
import { MetricsObserver } from './metrics-observer';

/** Lets every module tell what happens; what is made of it, none of them knows. */
@Global()
@Module({
  providers: [
    { provide: Registry, useFactory: createRegistry },
    { provide: RELAY_OBSERVER, useClass: MetricsObserver },
  ],
  exports: [RELAY_OBSERVER, Registry],
})
export class MetricsModule {}

/** With what Node says of the process, under the names that it has everywhere. */
function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
