import { residentMemory, RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { writeFileSync } from 'node:fs';
import { basic } from '../doors/credentials';
import { encode, SHAPES } from './shapes';
import type { Shape } from './shapes';

// Kept while the destination is paused, found again by a relay that was killed.
const MOST_KEPT = 20;
const AT_A_TIME = 8;
const PATIENCE_SECONDS = 120;

export interface LargeCallsOptions {
  /** Of each shape. */
  readonly calls: number;
  /** Fewer where they take longer; for each shape. */
  readonly seconds?: number;
  /** Only shapes whose names hold one of these texts. */
  readonly only?: readonly string[];
  readonly launcher?: readonly string[];
  readonly onShape?: (result: ShapeResult) => void;
}

/** What became of the calls of one shape. */
export interface ShapeResult {
  readonly name: string;
  readonly taken: number;
  readonly turnedAway: number;
  readonly seconds: number;
  /** Megabytes; undefined where the system does not tell. */
  readonly peak: number | undefined;
  readonly peakAfterRestart: number | undefined;
  /** A sentence for each promise that was broken. */
  readonly violations: readonly string[];
}

/**
 * Sends the largest calls that a relay takes, in every shape, while it delivers them, and before each shape a few to a paused
 * destination, after which the relay is killed and has to start on what it has kept.
 */
export async function runLargeCalls(options: LargeCallsOptions): Promise<readonly ShapeResult[]> {
  const { only = [''], launcher = [], onShape = () => undefined } = options;
  // What is done with makes room.
  const short = { RELAY_RETENTION: '1s', RELAY_DEAD_LETTER_RETENTION: '10s', RELAY_DEDUPLICATION_WINDOW: '1s' };
  // Each Identify is to be told, though it says the same as the last.
  const env = { ...short, RELAY_UNCHANGED_WINDOW: '0', USERLEAP_RATE_LIMIT: '1000000/10s' };
  const results: ShapeResult[] = [];
  const pair = await RelayOnSandbox.start({}, env, launcher);
  try {
    for (const shape of SHAPES.filter(({ name }) => only.some((text) => name.includes(text)))) {
      const result = await play(pair, shape, options).catch((error: unknown) => failed(shape, pair, error));
      results.push(result);
      onShape(result);
      // With what it has left behind, the rest would show nothing.
      if (result.taken === 0) break;
    }
  } finally {
    await pair.stop();
  }
  return results;
}

async function play(
  pair: RelayOnSandbox,
  shape: Shape,
  { calls, seconds = Infinity }: LargeCallsOptions,
): Promise<ShapeResult> {
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const statuses: number[] = [];
  const send = async (from: number, to: number): Promise<void> => {
    let next = from;
    const sender = async (): Promise<void> => {
      while (next < to && performance.now() < end) statuses.push(await post(pair, shape, next++));
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, sender));
  };
  const kept = Math.min(MOST_KEPT, calls);
  await pair.admin.pause();
  await send(0, kept);
  const first = residentMemory(pair.relay.pid)?.peak;
  await pair.relay.end('SIGKILL');
  await pair.startRelay();
  await pair.admin.resume();
  await untilDone(pair);
  const peakAfterRestart = residentMemory(pair.relay.pid)?.peak;
  forgetPeak(pair.relay.pid);
  await send(kept, calls);
  await untilDone(pair);
  const second = residentMemory(pair.relay.pid)?.peak;
  const taken = statuses.filter((status) => status === 200).length;
  const others = statuses.filter((status) => status !== 200 && status !== 503);
  return {
    name: shape.name,
    taken,
    turnedAway: statuses.length - taken,
    seconds: (performance.now() - startedAt) / 1000,
    peak: first === undefined || second === undefined ? undefined : Math.max(first, second),
    peakAfterRestart,
    violations: [
      ...others.map((status) => `${shape.name}: a call was answered ${status}`),
      ...(taken === 0 ? [`${shape.name}: no call was taken`] : []),
      ...(await misjudged(pair, shape)),
    ],
  };
}

async function post({ relay }: RelayOnSandbox, shape: Shape, call: number): Promise<number> {
  const encoding = shape.encoding === undefined ? {} : { 'content-encoding': shape.encoding };
  const response = await fetch(`${relay.url}${shape.path}`, {
    method: 'POST',
    headers: { ...basic(WRITE_KEY), ...encoding },
    body: new Uint8Array(encode(shape, shape.write(call))),
  });
  await response.text();
  return response.status;
}

/** However long it takes: but so long as something goes on. */
async function untilDone(pair: RelayOnSandbox): Promise<void> {
  for (let before = Infinity; before > 0;) {
    const last = before;
    before = await until(
      'more to be delivered',
      async () => {
        const { pending } = await pair.admin.destination();
        return pending < last ? pending : undefined;
      },
      PATIENCE_SECONDS,
    );
  }
}

/** Of the newest events. */
async function misjudged(pair: RelayOnSandbox, { name, becomes }: Shape): Promise<readonly string[]> {
  const own = (await pair.events()).filter(({ messageId }) => messageId.startsWith(`${name} `));
  const states = new Set(own.map(({ state }) => state));
  states.delete(becomes);
  return [...states].map((state) => `${name}: an event was ${state}, expected ${becomes}`);
}

function failed({ name }: Shape, { relay }: RelayOnSandbox, error: unknown): ShapeResult {
  const peak = residentMemory(relay.pid)?.peak;
  const sentence = `${name}: ${error instanceof Error ? error.message : 'unknown error'}`;
  const nothing = { taken: 0, turnedAway: 0, seconds: 0, peakAfterRestart: undefined };
  return { name, ...nothing, peak, violations: [sentence, relay.output().slice(-1_000)] };
}

/** The peak counts from now on, where the system can do so. */
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then it counts from the start.
  }
}
