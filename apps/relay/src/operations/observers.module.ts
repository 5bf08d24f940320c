import { Global, Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { AlertObserver } from './alerts/alert-observer';
import { Alerts } from './alerts/alerts';
import { Changes } from './changes';
import { MetricsObserver } from './metrics/metrics-observer';
import { tellAll } from './tell-all';
import { TurnedAwayLog } from './turned-away-log';

/** Lets every module tell what happens; what is made of it, none of them knows. */
@Global()
@Module({
  providers: [
    { provide: Registry, useFactory: createRegistry },
    MetricsObserver,
    Changes,
    TurnedAwayLog,
    Alerts,
    AlertObserver,
    {
      provide: RELAY_OBSERVER,
      useFactory: (...observers: readonly Partial<RelayObserver>[]) => tellAll(observers),
      inject: [MetricsObserver, Changes, TurnedAwayLog, AlertObserver],
    },
  ],
  exports: [RELAY_OBSERVER, Registry, Changes, Alerts],
})
export class ObserversModule {}

/** With what Node says of the process, under the names that it has everywhere. */
function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
