import type { Tx } from '../schema/outbox-schema';
import { findBound } from './find-bound';
import type { Lane } from './find-lanes';
import { joinAliased } from './join-aliased';
import { lockLanes } from './lock-lanes';

interface Call {
  readonly destination: string;
  readonly now: number;
  readonly most: number;
}

/** The turns of a lease, as they are found: no lane is in two of them. */
export class TurnChoice {
  readonly turns: (readonly Lane[])[] = [];
  readonly #taken = new Set<string>();

  constructor(
    private readonly tx: Tx,
    private readonly call: Call,
  ) {}

  /** How many turns there is room for. */
  get left(): number {
    return this.call.most - this.turns.length;
  }

  /** Takes of these lanes those that may go now, the first ones first, each with those that Aliases bind it to. */
  async add(candidates: readonly Lane[], most = this.left): Promise<void> {
    const end = this.turns.length + Math.min(most, this.left);
    for (let from = 0; from < candidates.length && this.turns.length < end;) {
      const some = candidates.slice(from, from + end - this.turns.length).map(({ lane }) => lane);
      await this.#addFree(some);
      from += some.length;
    }
  }

  async #addFree(names: readonly string[]): Promise<void> {
    const { tx, call } = this;
    // Those that others hold are found out before anything else is asked.
    const locked = new Map((await lockLanes(tx, call, names)).map((lane) => [lane.lane, lane]));
    const bound = await findBound(tx, call, [...locked.keys()]);
    for (const name of names) {
      const own = locked.get(name);
      if (!own || this.#taken.has(name)) continue;
      const lanes = bound.has(name) ? await joinAliased(tx, call, own, this.#taken) : [own];
      if (!lanes) continue;
      for (const { lane } of lanes) this.#taken.add(lane);
      this.turns.push(lanes);
    }
  }
}
