import { BYTES_PER_TURN, EVENTS_PER_TURN, LEADING_PER_TURN } from '@segment-userleap/delivery';
import { MAX_EVENTS_PER_UPSERT } from '@segment-userleap/userleap-api';

/** A call, as far as it matters for how it is sent. */
export interface LaneCall {
  /** Where it stands in the whole history. */
  readonly place: number;
  readonly createsUser: boolean;
  /** So many of UserLeap's events it becomes. */
  readonly events: number;
  readonly bytes: number;
  /** Of an Alias. */
  readonly requests?: number;
}

/** What goes out together. */
export interface LaneTurn {
  readonly requests: number;
  readonly bytes: number;
}

/** What waits for one user: a few numbers, however much it is. */
export class Lane {
  /** UserLeap has the user, or something here creates it. */
  isCreated = false;
  isInFlight = false;
  /** An Alias binds it: its user is looked up for that at once. */
  isAsking = false;
  /** Waits for what creates its user, or for a look-up. */
  isParked = false;
  lookUps = 0;
  lookUpAt = 0;
  waiting = 0;
  /** Its place in the history. */
  oldest = 0;
  #youngest = 0;
  #creating = 0;
  #events = 0;
  #bytes = 0;
  #aliases = 0;
  #aliasRequests = 0;

  add({ place, createsUser, events, bytes, requests }: LaneCall): void {
    if (this.waiting === 0) this.oldest = place;
    this.#youngest = place;
    this.waiting += 1;
    this.#events += events;
    this.#bytes += bytes;
    if (requests !== undefined) {
      this.#aliases += 1;
      this.#aliasRequests += requests;
    }
    if (!createsUser) return;
    this.#creating += 1;
    this.isCreated = true;
  }

  /** A Delete came: nothing of it is sent any more. Returns how much waited. */
  drop(): number {
    const { waiting } = this;
    this.waiting = 0;
    return waiting;
  }

  /** As much as one turn holds. Where that is not all, any part of it is taken for what all of it is on average. */
  take(): LaneTurn {
    const { waiting } = this;
    const fitting = Math.max(1, Math.floor(BYTES_PER_TURN / (this.#bytes / waiting)));
    const share = Math.min(waiting, EVENTS_PER_TURN, fitting) / waiting;
    const others = waiting - this.#creating;
    const [creatingTaken, othersTaken] = [Math.round(this.#creating * share), Math.round(others * share)];
    const creating = Math.min(this.#creating, creatingTaken + LEADING_PER_TURN);
    const events = others === 0 ? 0 : (this.#events * othersTaken) / others;
    const bytes = this.#bytes * share;
    // UserLeap's limit on bytes does not matter: as many events as a request may have are less, unless their names are very long.
    const upserts = this.#aliases === waiting ? 0 : Math.max(1, Math.ceil(events / MAX_EVENTS_PER_UPSERT));
    const turn = { requests: upserts + this.#aliasRequests, bytes };
    this.waiting -= creating + othersTaken;
    this.oldest += (this.#youngest - this.oldest) * share;
    this.#creating -= creating;
    this.#events -= events;
    this.#bytes -= bytes;
    this.#aliases = 0;
    this.#aliasRequests = 0;
    return turn;
  }
}
