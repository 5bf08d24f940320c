import { median } from '../report/percentile';
import { deliveredOf, identifyOf, leaseAll } from '../usage/play-turns';
import type { Outbox, Turn } from '../usage/relay-store';

const TURNS = 64;
const ROUNDS = 60;

export interface RememberingFigures {
  /** Of a lease and a settlement of 64 turns. */
  readonly withMs: number;
  readonly withoutMs: number;
  /** What the memory adds: the median of rounds, in each of which the same is leased and settled with and without it. */
  readonly ratio: number;
}

/**
 * How long leases and settlements take of users with a memory, beside users without one, in turns, on one store. `usersOf` gives so many
 * that are known, other ones each time.
 */
export async function measureRemembering(
  outbox: Outbox,
  environment: string,
  usersOf: (kind: 'with' | 'without', count: number) => readonly string[],
  memory: Uint8Array,
): Promise<RememberingFigures> {
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever goes second finds a warmer store.
    const kinds = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const kind of kinds) {
      const told = kind === 'with' ? memory : undefined;
      times[kind].push(await playRound(outbox, usersOf(kind, TURNS), environment, told));
    }
  }
  const ratios = times.with.map((ms, round) => ms / (times.without[round] ?? NaN));
  return { withMs: median(times.with), withoutMs: median(times.without), ratio: median(ratios) };
}

/** Something is accepted for each of the users; then it is leased and settled. */
async function playRound(
  outbox: Outbox,
  users: readonly string[],
  environment: string,
  told: Uint8Array | undefined,
): Promise<number> {
  const place = { environment, now: Date.now() };
  await outbox.accept(users.map((userId) => identifyOf(userId, `${userId} ${place.now}`, place)));
  const start = performance.now();
  const turns = await leaseAll(outbox, users.length, place);
  const memoriesOf = ({ lanes }: Turn) => new Map(told ? lanes.map(({ lane }) => [lane, told] as const) : []);
  await outbox.settle(turns.map((turn) => deliveredOf(turn, place, { learnt: [], memories: memoriesOf(turn) })));
  return performance.now() - start;
}
