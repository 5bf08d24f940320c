import { isMisconfiguration } from '@segment-userleap/mapping';
import type { Destination } from '../config/relay-config';
import type { BulkSize, Settlement } from '../outbox/port/turn';
import type { Clock } from './clock';

// Fewer go one by one. More at a time would keep the intake waiting, as they are leased and settled in one transaction each.
const SIZE: BulkSize = { least: 1_001, most: 5_000 };
// An endpoint without such a call costs one request in this time.
const OFF_MS = 60 * 60_000;

interface Outside {
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly logger: { warn(message: string): void };
}

/** When many users of a destination may share a request: not for a while once one was refused. */
export class Bulks {
  #offUntil = -Infinity;
  #isUnderWay = false;

  constructor(
    private readonly destination: Pick<Destination, 'name' | 'bulkUpserts'>,
    private readonly outside: Outside,
  ) {}

  /** For the next lease. One at a time: of several the relay would need too much memory. `isKept`: so is the end of all turns. */
  next(isKept: boolean): { readonly bulk?: BulkSize } {
    const isOff = this.outside.clock.elapsed() < this.#offUntil;
    if (!this.destination.bulkUpserts || isOff) return {};
    return { bulk: this.#isUnderWay || !isKept ? { ...SIZE, isBusy: true } : SIZE };
  }

  begin(): void {
    this.#isUnderWay = true;
  }

  /** It has ended. A key that may not send one may well send upserts. */
  note({ results }: Pick<Settlement, 'results'>, isRefused: boolean): void {
    this.#isUnderWay = false;
    const isForbidden = results.some(
      ({ outcome }) => outcome.outcome === 'retry' && isMisconfiguration(outcome.reason),
    );
    if (!isRefused && !isForbidden) return;
    this.#offUntil = this.outside.clock.elapsed() + OFF_MS;
    this.outside.logger.warn(
      `destination ${this.destination.name}: UserLeap refuses bulk upserts; for an hour every user gets a request`,
    );
  }
}
