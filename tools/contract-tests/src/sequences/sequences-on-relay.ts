import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';
import type { Fault } from '@segment-userleap/userleap-sandbox';
import { REFUSED_EVENT } from './arbitrary-sequence';
import type { Sequence, SequenceEvent } from './arbitrary-sequence';
import { endState } from './end-state';
import type { EndState } from './end-state';
import { batchesOf } from './play-in-turns';

type Batch = readonly SequenceEvent[];

const RATE_LIMIT = { requests: 1_000, windowMs: 1_000 };
const APPLY_DELAY_MS = 250;
const SENDERS = 8;
// The relay dies while what was handed over in these rounds is on its way.
const DEADLY_ROUNDS = [0, 2];
const PATIENCE_SECONDS = 900;
const UPSERT = '/v2/users';
const MOST_LANES = 1_000;
const USERS = ['ann', 'bob', 'cid', 'dee', 'eve'];

type Rounds = readonly (readonly Batch[])[];

/**
 * Plays sequences side by side on one running relay and one UserLeap, which shows what it was told a moment later. The relay is
 * killed on the way and started anew; those that may end otherwise by this follow afterwards. Their users are kept apart by
 * their ids. Returns how each ends.
 */
export async function playOnRelay(sequences: readonly Sequence[]): Promise<readonly EndState[]> {
  const pair = await RelayOnSandbox.start(
    { applyDelayMs: APPLY_DELAY_MS, rateLimit: RATE_LIMIT },
    { USERLEAP_RATE_LIMIT: `${RATE_LIMIT.requests}/${RATE_LIMIT.windowMs / 1_000}s` },
  );
  try {
    for (const fault of faultsOf(sequences)) pair.sandbox.addFault(fault);
    const rounds = sequences.map(roundsOf);
    await handOverAll(pair, select(rounds, sequences, false), DEADLY_ROUNDS);
    await handOverAll(pair, select(rounds, sequences, true), []);
    // Users who all fail at once look like an outage: the destination is paused for a while.
    await untilNoneWaits(pair, ['budget', 'answer', 'retry', 'pause']);
    await until('UserLeap to show what it was told last', () => isQuiet(pair, 2 * APPLY_DELAY_MS));
    const users = pair.sandbox.users();
    return sequences.map((_, number) =>
      endState(users.filter(({ externalUserId }) => externalUserId.startsWith(nameIn(number, '')))),
    );
  } finally {
    await pair.stop();
  }
}

/** The sequence as it stands beside others: its users are nobody else's. */
export function nameUsers(sequence: Sequence, number: number): Sequence {
  const events = sequence.events.map((event) => ({
    ...event,
    userId: nameIn(number, event.userId),
    ...(typeof event['previousId'] === 'string' ? { previousId: nameIn(number, event['previousId']) } : {}),
    messageId: `${number}-${String(event['messageId'])}`,
    receivedAt: new Date().toISOString(),
  }));
  return { ...sequence, events };
}

function faultsOf(sequences: readonly Sequence[]): readonly Fault[] {
  const times = Number.MAX_SAFE_INTEGER;
  const failures = sequences.flatMap(({ failures }, number) =>
    failures.map(({ at }): Fault => {
      const userId = nameIn(number, USERS[at % USERS.length] ?? '');
      const skip = Math.floor(at / USERS.length);
      // A purge is shared: if it failed for each of them, it would fail for very long.
      return { match: { userId, path: skip % 2 === 0 ? UPSERT : `${UPSERT}/${userId}` }, skip: skip % 3, status: 503 };
    }),
  );
  const purges: Fault = { match: { path: '/v2/purge/visitors' }, skip: 1, status: 503 };
  // In the end: so slow that there is something in flight when the relay dies.
  return [{ match: { event: REFUSED_EVENT }, status: 400, times }, ...failures, purges, { delayMs: 20, times }];
}

function select(rounds: readonly Rounds[], sequences: readonly Sequence[], isLate: boolean): readonly Rounds[] {
  return rounds.filter((_, number) => hasLateCalls(sequences[number]?.events ?? []) === isLate);
}

/** An Alias that is repeated after a crash takes along what its old user has by then (docs/delivery.md). */
function hasLateCalls(events: Batch): boolean {
  return events.some(
    ({ type, previousId }, at) => type === 'alias' && events.slice(at + 1).some(({ userId }) => userId === previousId),
  );
}

function nameIn(number: number, user: string): string {
  return `${number}-${user}`;
}

/** Of every third sequence all batches come at once, of the others each when those before it were tried. */
function roundsOf(sequence: Sequence, number: number): Rounds {
  const batches = batchesOf(nameUsers(sequence, number)).filter((batch) => batch.length > 0);
  return number % 3 === 0 ? [batches] : batches.map((batch) => [batch]);
}

async function handOverAll(
  pair: RelayOnSandbox,
  all: readonly Rounds[],
  deadlyRounds: readonly number[],
): Promise<void> {
  const rounds = Math.max(...all.map((of) => of.length));
  for (let round = 0; round < rounds; round += 1) {
    const left = all.flatMap((of) => (of[round] ? [of[round]] : []));
    const send = async (): Promise<void> => {
      for (let batches = left.shift(); batches; batches = left.shift()) {
        for (const batch of batches) await handOver(pair, batch);
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, send));
    if (deadlyRounds.includes(round)) {
      await pair.relay.end('SIGKILL');
      await pair.startRelay();
    }
    await untilNoneWaits(pair, ['budget', 'answer']);
  }
}

async function handOver(pair: RelayOnSandbox, batch: Batch): Promise<void> {
  const response = await pair.post('/webhooks/segment', batch);
  if (response.status !== 200) throw new Error(`the relay answered ${response.status}: ${await response.text()}`);
}

/** UserLeap has got nothing for so long. */
function isQuiet({ sandbox }: RelayOnSandbox, milliseconds: number): true | undefined {
  const lastAt = Date.parse(sandbox.requests().at(-1)?.receivedAt ?? '');
  return Date.now() - lastAt > milliseconds ? true : undefined;
}

/** Resolves when no user's line waits for such things. */
async function untilNoneWaits(pair: RelayOnSandbox, things: readonly string[]): Promise<void> {
  for (;;) {
    const dueAt = await nextDue(pair, things);
    if (dueAt === undefined) return;
    // The relay is asked again when something can have changed: it has to count what waits.
    const isTried = () => (Date.now() > dueAt ? isQuiet(pair, APPLY_DELAY_MS) : undefined);
    await until(`nothing to wait for ${things.join(', ')}`, isTried, PATIENCE_SECONDS);
  }
}

/** When the next of the lanes that wait for such things is due, epoch milliseconds; undefined where there is none. */
async function nextDue({ admin }: RelayOnSandbox, things: readonly string[]): Promise<number | undefined> {
  let next: number | undefined;
  for (let before: string | null | undefined; before !== null;) {
    const page = await admin.lanePage({ limit: MOST_LANES, ...(before === undefined ? {} : { before }) });
    for (const { waitsFor, dueAt } of page.lanes) {
      if (!things.includes(waitsFor)) continue;
      const at = dueAt === null ? Date.now() + APPLY_DELAY_MS : Date.parse(dueAt);
      next = Math.min(at, next ?? at);
    }
    before = page.next;
  }
  return next;
}
