import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmptyStore } from '../../test/create-empty-store';
import { settled, trackOf } from '../../test/outbox-suite/sample-events';
import { silentObserver } from '../../test/silent-observer';
import { StubClient } from '../../test/stub-client';
import { VirtualClock } from '../../test/virtual-clock';
import { loadConfig } from '../config/load-config';
import type { RelayConfig } from '../config/relay-config';
import { NO_NEWS } from '../outbox/port/store-news';
import { openSqlite } from '../outbox/sqlite/open-sqlite';
import { SqliteOutbox } from '../outbox/sqlite/sqlite-outbox';
import { StorageAlarm } from '../outbox/storage-alarm';
import { BelievedTime } from './believed-time';
import { Dispatcher } from './dispatcher';
import { Housekeeping } from './housekeeping';

const DESTINATION = 'default';
const LIMITS = { backlogLimit: 1_000_000, parkedLimit: 1_000_000 };

describe(Housekeeping.name, () => {
  let folder: string;
  let outbox: SqliteOutbox;
  let clock: VirtualClock;
  let dispatcher: Dispatcher;
  let housekeeping: Housekeeping;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-housekeeping-'));
    outbox = await SqliteOutbox.create(await openSqlite(await createEmptyStore(folder)), LIMITS);
    clock = new VirtualClock();
    const config = readConfig({ RELAY_RETRY_HORIZON: '10s', RELAY_RETENTION: '5s', RELAY_DEDUPLICATION_WINDOW: '5s' });
    const alarm = new StorageAlarm();
    const time = new BelievedTime(clock, { warn: () => undefined, log: () => undefined });
    const client = new StubClient(clock);
    client.reply = { failure: 'timeout' };
    dispatcher = new Dispatcher(config, outbox, clock, client as never, alarm, silentObserver, NO_NEWS, time);
    await dispatcher.onApplicationBootstrap();
    const none = { list: async () => [] };
    housekeeping = new Housekeeping(config, outbox, clock, time, dispatcher, none, alarm, silentObserver);
    housekeeping.onApplicationBootstrap();
  });
  afterEach(async () => {
    let isStopped = false;
    const stopping = Promise.all([dispatcher.beforeApplicationShutdown(), housekeeping.beforeApplicationShutdown()]);
    void stopping.then(() => (isStopped = true));
    await clock.until(() => isStopped);
    await outbox.close();
    rmSync(folder, { recursive: true });
  });

  const kept = async (messageId: string) => (await outbox.listEvents({ messageId, limit: 1 })).length > 0;

  it('removes what is old while other events are given up all the time', async () => {
    // The first round has found nothing.
    await clock.advance(1);
    const old = { destination: DESTINATION, acceptedAt: clock.now() - 60_000 };
    await outbox.accept([{ ...settled('old', 'filtered'), ...old }, trackOf('first user', 'first message', old)]);
    const { giveUp } = outbox;
    let given = 0;
    outbox.giveUp = async (call) => {
      const expired = { destination: DESTINATION, acceptedAt: call.before - 1 };
      await outbox.accept([trackOf(`user ${given}`, `message ${given}`, expired)]);
      given += 1;
      return giveUp.call(outbox, call);
    };
    await clock.until(async () => !(await kept('old')));
    expect(given).toBeGreaterThan(0);
  });

  it('gives up all that is late, and removes all that is old, without waiting for its next time', async () => {
    const late = { destination: DESTINATION, acceptedAt: clock.now() - 20_000 };
    const events = Array.from({ length: 600 }, (_, index) => index);
    await outbox.accept(events.map((index) => ({ ...settled(`old ${index}`, 'filtered'), ...late })));
    await outbox.accept(events.map((index) => trackOf(`user ${index}`, `late ${index}`, late)));
    const start = clock.now();
    await clock.until(async () => (await outbox.countPending(DESTINATION)) === 0 && !(await kept('old 599')));
    expect(clock.now() - start).toBeLessThan(2_000);
    expect(await outbox.countDeadLetters({})).toBe(600);
  });
});

function readConfig(variables: Readonly<Record<string, string>>): RelayConfig {
  const config = loadConfig({ USERLEAP_API_KEY: 'key', USERLEAP_ENDPOINT: 'http://127.0.0.1:1', ...variables });
  if (!config.ok) throw new Error(JSON.stringify(config.issues));
  return config.value;
}
