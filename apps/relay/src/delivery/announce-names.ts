import { Logger } from '@nestjs/common';
import type { Destination } from '../config/relay-config';
import type { RelayObserver } from '../observer/relay-observer';
import type { OutboxPort } from '../outbox/port/outbox.port';

const MOST_AT_ONCE = 1_000;

/**
 * Says that names were sent to UserLeap for the first time: nobody can use them there before somebody has set them up. What
 * else is to be done about a new name is done by whoever observes `foundNames`.
 */
export async function announceNames(
  outbox: Pick<OutboxPort, 'takeNewNames'>,
  destinations: readonly Pick<Destination, 'name' | 'budget'>[],
  observer: Pick<RelayObserver, 'foundNames'>,
  logger: Pick<Logger, 'log'> = new Logger('event names'),
): Promise<void> {
  const found = await outbox.takeNewNames(MOST_AT_ONCE);
  for (const environment of new Set(found.map((one) => one.environment))) {
    // Of several destinations that share an environment one will do.
    const destination = destinations.find(({ budget }) => budget.id === environment);
    if (!destination) continue;
    const names = found.filter((one) => one.environment === environment).map(({ name }) => name);
    const what = names.length === 1 ? 'a new event name' : `${names.length} new event names`;
    logger.log(`destination ${destination.name}: ${what}, to be set up in UserLeap (Events, Manage Requests)`);
    observer.foundNames(destination.name, names);
  }
}
