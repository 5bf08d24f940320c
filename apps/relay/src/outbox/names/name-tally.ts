import type { HeldBack } from '@segment-userleap/mapping';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import { isLongerThan } from '@segment-userleap/validation';
import type { NameNews } from '../port/event-names';
import type { NameKind, Tx } from '../schema/outbox-schema';
import { OTHERS } from './counted-name';
import type { CountedName } from './counted-name';
import { keepNames } from './keep-names';

/** What a transaction has counted so far of events' names. */
export class NameTally {
  readonly #names = new Map<string, CountedName>();

  /** Names of events that were sent to an environment. */
  countSent(environment: string, at: number, news: readonly NameNews[]): void {
    for (const { name, taken, refused, isToBlame } of news) {
      const counted = this.#of(environment, 'sent', name, at);
      counted.events += taken;
      counted.refused += refused;
      if (taken > 0 || isToBlame) counted.isRefused = taken === 0;
    }
  }

  /** An event that a destination's settings leave out. */
  countHeldBack(destination: string, at: number, { name, reason }: HeldBack): void {
    this.#of(destination, reason, isLongerThan(name, MAX_TEXT_LENGTH) ? OTHERS : name, at).events += 1;
  }

  /** Keeps what was counted: in one order, so that nobody waits in a circle. */
  async write(tx: Tx): Promise<void> {
    if (this.#names.size === 0) return;
    await keepNames(
      tx,
      [...this.#names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted),
    );
  }

  #of(scope: string, kind: NameKind, name: string, at: number): CountedName {
    const key = JSON.stringify([scope, kind, name]);
    const counted = this.#names.get(key) ?? { scope, kind, name, at, events: 0, refused: 0, isRefused: false };
    counted.at = Math.max(counted.at, at);
    this.#names.set(key, counted);
    return counted;
  }
}
