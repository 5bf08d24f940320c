import type { Destination } from '../../src/config/relay-config';
import type { RelayProcess } from './relay-process';

const LONGEST_MS = 1_000;
/** Between two probes of a destination that the relay has paused. */
const LONGEST_PAUSED_MS = 5 * 60_000 + LONGEST_MS;

/** Notices where something could be sent for a second, or for as long as a pause allows, and is not. */
export class StandstillWatch {
  readonly found: string[] = [];
  #since: number | undefined;
  #requests = 0;

  /** What comes next is another process's, or the same a while later. */
  reset(): void {
    this.#since = undefined;
  }

  /** `requests`: how many were sent up to now. */
  async look(process: RelayProcess, destination: Destination, requests: number): Promise<void> {
    const isBusy = process.inFlight > 0 || requests !== this.#requests;
    this.#requests = requests;
    if (isBusy || !(await couldSend(process, destination))) return this.reset();
    const now = process.clock.elapsed();
    this.#since ??= now;
    const longestMs = process.delivery.pauses.isPaused ? LONGEST_PAUSED_MS : LONGEST_MS;
    if (now - this.#since < longestMs) return;
    const lanes = await process.outbox.listLanes({ now: process.clock.now(), limit: 10 });
    const waiting = lanes.map(({ userId, waitsFor, attempts }) => `${userId}: ${waitsFor}, ${attempts}`).join('; ');
    this.found.push(`${this.#since} ms: nothing was sent for ${longestMs} ms; ${waiting}`);
    this.reset();
  }
}

async function couldSend(
  { outbox, clock, delivery: { pauses } }: RelayProcess,
  { name, budget }: Destination,
): Promise<boolean> {
  if (pauses.byHandAt !== undefined) return false;
  if ((await outbox.readySince(name, clock.now())) === undefined) return false;
  return (await outbox.budgetUse(budget, clock.budgetNow())).nextAt <= clock.budgetNow();
}
