import { Global, Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import { Changes } from './changes';
import { MetricsObserver } from './metrics/metrics-observer';
import { tellAll } from './tell-all';

/** Lets every module tell what happens; what is made of it, none of them knows. */
@Global()
@Module({
  providers: [
    { provide: Registry, useFactory: createRegistry },
    MetricsObserver,
    Changes,
    {
      provide: RELAY_OBSERVER,
      useFactory: (metrics: MetricsObserver, changes: Changes) => tellAll([metrics, changes]),
      inject: [MetricsObserver, Changes],
    },
  ],
  exports: [RELAY_OBSERVER, Registry, Changes],
})
export class ObserversModule {}

/** With what Node says of the process, under the names that it has everywhere. */
function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
