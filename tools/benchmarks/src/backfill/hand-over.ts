import { residentMemory, startBackfill, until, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLoad } from '../load/run-load';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';
import { makeHistory } from './made-history';
import { writeHistory } from './write-history';

export interface HandOverSize {
  readonly events: number;
  readonly users: number;
  readonly files: number;
}

/** What a hand-over came to. */
export interface MeasuredHandOver {
  readonly eventsPerSecond: number;
  readonly intakePerSecond: number;
  readonly peakMegabytes: number;
  readonly kills: number;
  /** Lines that the report names, less those that are broken. */
  readonly reportOff: number;
  /** Events that the tool says it handed over, less those that there are. */
  readonly countOff: number;
  /** Events that UserLeap counts, less those that there are. */
  readonly arrivedOff: number;
}

// A relay for UserLeap on the same machine needs none.
const KEY = 'none';
const KILLS = 3;
const INTAKE = { shape: { path: '/v1/batch', type: 'track', batch: 100 }, connections: 8, users: 20_000 } as const;

/** Hands a history over: once to be measured, and once, to a relay that delivers, with kills. */
export function measureHandOver(size: HandOverSize): Promise<MeasuredHandOver> {
  return withTemporaryFolder(async (folder) => {
    const archive = join(folder, 'archive');
    const written = writeHistory(archive, makeHistory({ ...size, strangers: 0 }), size);
    const intakePerSecond = await withRelay(folder, 'intake.db', WITHOUT_DELIVERY, async (relay) => {
      const load = { ...INTAKE, port: Number(new URL(relay.url).port) };
      return (await runLoad({ ...load, end: { warmUpSeconds: 3, seconds: 10 } })).eventsPerSecond;
    });
    const measured = await withRelay(folder, 'measured.db', WITHOUT_DELIVERY, (relay) =>
      measure(relay, archive, folder, size),
    );
    const killed = await deliver(archive, folder, size);
    return {
      ...measured,
      intakePerSecond,
      kills: killed.kills,
      reportOff: killed.reported - written.broken,
      countOff: killed.handedOver - size.events,
      arrivedOff: killed.arrived - written.arriving,
    };
  });
}

async function measure(relay: ServerProcess, archive: string, folder: string, { events }: HandOverSize) {
  const startedAt = performance.now();
  const running = startBackfill(argsFor(relay, archive, 'measured'), folder);
  let peakMegabytes = 0;
  const watch = setInterval(() => (peakMegabytes = residentMemory(running.pid)?.peak ?? peakMegabytes), 100);
  const { output } = await running.end;
  clearInterval(watch);
  if (!output.includes(`handed over: ${events.toLocaleString('en-US')} events`)) throw new Error(output);
  return { eventsPerSecond: (events * 1000) / (performance.now() - startedAt), peakMegabytes };
}

/** To UserLeap, as fast as it goes, while the hand-over is killed again and again. */
async function deliver(archive: string, folder: string, { events }: HandOverSize) {
  const limit = { requests: 1_000_000, windowMs: 10_000 };
  const sandbox = await startSandbox({ rateLimit: limit, maxRecordedRequests: 1, applyDelayMs: 0 });
  const env = { USERLEAP_ENDPOINT: sandbox.url, USERLEAP_RATE_LIMIT: '1000000/10s' };
  try {
    return await withRelay(folder, 'killed.db', env, async (relay) => {
      const args = argsFor(relay, archive, 'killed');
      const handedOver = () => readHandedOver(join(folder, 'killed.state'));
      let kills = 0;
      for (let round = 1; round <= KILLS; round += 1) {
        const running = startBackfill(args, folder);
        const enough = (events * round) / (KILLS + 1);
        await until('a part to be handed over', () => running.hasEnded || handedOver() >= enough || undefined, 3_600);
        if (!running.hasEnded) kills += 1;
        running.kill('SIGKILL');
        await running.end;
      }
      const { code, output } = await startBackfill(args, folder).end;
      // Broken lines are not handed over.
      if (code !== 1 || output.includes('Not all')) throw new Error(output);
      const arrived = (): number =>
        sandbox.users().reduce((sum, user) => sum + user.events.reduce((count, event) => count + event.count, 0), 0);
      await settled(arrived);
      const reported = readFileSync(join(folder, 'killed.report'), 'utf8').trimEnd().split('\n').length;
      return { kills, handedOver: handedOver(), reported, arrived: arrived() };
    });
  } finally {
    await sandbox.close();
  }
}

/** Until nothing more arrives. */
async function settled(count: () => number): Promise<void> {
  let [last, since] = [-1, performance.now()];
  await until(
    'nothing more to arrive',
    () => {
      const now = count();
      if (now !== last) [last, since] = [now, performance.now()];
      return performance.now() - since > 15_000 ? true : undefined;
    },
    3_600,
  );
}

function argsFor(relay: ServerProcess, archive: string, name: string): readonly string[] {
  const files = ['--state', `${name}.state`, '--report', `${name}.report`];
  return ['--from', archive, '--to', relay.url, '--write-key', KEY, ...files];
}

async function withRelay<T>(
  folder: string,
  store: string,
  env: Readonly<Record<string, string>>,
  use: (relay: ServerProcess) => Promise<T>,
): Promise<T> {
  const path = join(folder, store);
  const relay = await startRelay(folder, { ...env, DATABASE_URL: `sqlite:${path}` });
  try {
    return await use(relay);
  } finally {
    await relay.end('SIGTERM');
  }
}

/** How many events are handed over, as the state says. */
function readHandedOver(state: string): number {
  const lines = existsSync(state) ? readFileSync(state, 'utf8').split('\n').slice(1, -1) : [];
  const { marks = [] } = JSON.parse(lines.at(-1) ?? '{}') as { marks?: { tally: { handedOver: number } }[] };
  return marks.reduce((sum, { tally }) => sum + tally.handedOver, 0);
}
