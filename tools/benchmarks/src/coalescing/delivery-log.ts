import type { ArrivedUpsert } from './arrived-upsert';
import type { TraceEvent } from './trace';

interface LoggedRequest {
  readonly at: number;
  readonly user: number;
}

/** Which events of a trace reached UserLeap, when, in which requests. Times are those of the trace. */
export class DeliveryLog {
  readonly requests: LoggedRequest[] = [];
  /** Of each event of the trace, in its order; NaN while it has not arrived. */
  readonly arrivedAt: number[];
  /** How often an event arrived that had arrived before. */
  repeated = 0;
  #left: number;
  readonly #indexAt: ReadonlyMap<number, number>;
  // Places of the Identifies that have not arrived, by user.
  readonly #identifies = new Map<number, number[]>();

  constructor(private readonly trace: readonly TraceEvent[]) {
    this.arrivedAt = trace.map(() => NaN);
    this.#left = trace.length;
    this.#indexAt = new Map(trace.map(({ at }, index) => [at, index]));
    for (const [index, { type, user }] of trace.entries()) {
      if (type === 'identify') this.#identifies.set(user, [...(this.#identifies.get(user) ?? []), index]);
    }
  }

  get left(): number {
    return this.#left;
  }

  note(at: number, { user, identifiedAt, eventsAt }: ArrivedUpsert): void {
    this.requests.push({ at, user });
    for (const index of this.#takeIdentifies(user, identifiedAt)) this.#arrive(index, at);
    for (const time of eventsAt) this.#arrive(this.#indexAt.get(time), at);
  }

  /** Does an event that came before this time arrive after it? */
  isDueAt(time: number): boolean {
    return this.trace.some((event, index) => event.at < time && !((this.arrivedAt[index] ?? NaN) <= time));
  }

  // Identifies that share a request show the last one's attributes: those before it came with it.
  #takeIdentifies(user: number, lastAt: number): readonly number[] {
    const waiting = this.#identifies.get(user) ?? [];
    return waiting.splice(0, waiting.filter((index) => (this.trace[index]?.at ?? NaN) <= lastAt).length);
  }

  #arrive(index: number | undefined, at: number): void {
    if (index === undefined) throw new Error('an event arrived that was never sent');
    if (Number.isNaN(this.arrivedAt[index])) this.#left -= 1;
    else this.repeated += 1;
    this.arrivedAt[index] = at;
  }
}
