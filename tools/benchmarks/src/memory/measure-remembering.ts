import { nameOf } from '../usage/know-users';
import { costOf, measurePairs } from '../usage/measure-pairs';
import type { Kind, PairFigures } from '../usage/measure-pairs';
import { deliveredOf, identifyOf, leaseAll } from '../usage/play-turns';
import type { RelayStore, Turn } from '../usage/relay-store';

// From one user to the next: spread over all of them, so that none is found where the last one was.
const STEP = 104_729;

export interface Remembering {
  /** All of one have a memory, all of the other are known without one. */
  readonly stores: Readonly<Record<Kind, RelayStore>>;
  readonly environment: string;
  /** How many are known in each. */
  readonly users: number;
  readonly memory: Uint8Array;
}

/** What leases and settlements of so many turns take with a memory, beside the same for the same users without one. */
export function measureRemembering(
  { stores, environment, users, memory }: Remembering,
  { turns, rounds }: { readonly turns: number; readonly rounds: number },
): Promise<PairFigures> {
  return measurePairs(rounds, async (kind, round) => {
    const { outbox } = stores[kind];
    const place = { environment, now: Date.now() };
    const names = Array.from({ length: turns }, (_, turn) => nameOf(((round * turns + turn) * STEP) % users));
    await outbox.accept(names.map((userId) => identifyOf(userId, `${userId} ${turns} ${round}`, place)));
    const memoriesOf = ({ lanes }: Turn) =>
      new Map(kind === 'with' ? lanes.map(({ lane }) => [lane, memory] as const) : []);
    return costOf(stores[kind], async () => {
      const leased = await leaseAll(outbox, turns, place);
      await outbox.settle(leased.map((turn) => deliveredOf(turn, place, { learnt: [], memories: memoriesOf(turn) })));
    });
  });
}
