import { Engine, USERS } from '../../test/engine';
import { silentObserver } from '../../test/silent-observer';
import { replyWith } from '../../test/stub-client';
import type { RelayConfig } from '../config/relay-config';
import type { StorageAlarm } from '../outbox/storage-alarm';
import type { Dispatcher } from './dispatcher';
import { Housekeeping } from './housekeeping';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe(`${Housekeeping.name}, when the clock is set`, () => {
  let engine: Engine;
  let housekeeping: Housekeeping;
  beforeEach(async () => {
    engine = await Engine.open();
    const config = {
      retryHorizonMs: 3 * DAY,
      retentionMs: 7 * DAY,
      deadLetterRetentionMs: 30 * DAY,
      deduplicationMs: DAY,
      parkedLimit: 1_000,
      anonymousHoldMs: 0,
      anonymousLimit: 1_000,
      destinations: [engine.destination],
    } as unknown as RelayConfig;
    const dispatcher = { lookAtPauses: async () => undefined, list: () => [engine.delivery] } as unknown as Dispatcher;
    const alarm = { failed: (error: unknown) => void engine.storeFailures.push(error) } as StorageAlarm;
    const { outbox, clock, time } = engine;
    const none = { list: async () => [] };
    housekeeping = new Housekeeping(config, outbox, clock, time, dispatcher, none, alarm, silentObserver);
    housekeeping.onApplicationBootstrap();
  });
  afterEach(async () => {
    await housekeeping.beforeApplicationShutdown();
    expect(engine.storeFailures).toEqual([]);
    await engine.close();
  });

  const statesOf = async () => (await engine.outbox.listEvents({ limit: 100 })).map(({ state }) => state);

  it('gives nothing up and removes nothing while a clock that has jumped ahead is not believed', async () => {
    await engine.identify('anna');
    await engine.allDelivered();
    engine.client.reply = replyWith(500);
    await engine.identify('bert');
    await engine.clock.advance(MINUTE);
    engine.clock.set(8 * DAY);
    await engine.clock.advance(58 * MINUTE);
    expect(await statesOf()).toEqual(['pending', 'delivered']);
    await engine.clock.advance(5 * MINUTE);
    expect(await statesOf()).toEqual(['rejected']);
  });

  it('makes lanes due that wait for a time which the clock was set back from', async () => {
    engine.client.reply = replyWith(500);
    await engine.identify(...USERS.slice(0, 2));
    await engine.sentAfter(2);
    await engine.idle();
    engine.client.reply = replyWith(202);
    engine.clock.set(-2 * HOUR);
    await engine.clock.advance(MINUTE);
    expect(await engine.pending()).toBe(0);
  });
});
