import { ClaimedEvent, findClaim, findHeld, mapEvent } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';

/** What a host does that holds the events of visitors until it is known whose they are, and forgets none. */
export class HeldVisitors {
  readonly #held = new Map<string, unknown[]>();

  constructor(
    private readonly settings: Settings,
    private readonly now: number,
  ) {}

  /** What of these events goes out now, with what they claim before them; not what is held. */
  pass(events: readonly unknown[]): readonly unknown[] {
    return events.flatMap((event) => {
      const anonymousId = findHeld(event, this.settings, this.now);
      if (anonymousId === undefined) return [...this.#claim(event), event];
      this.#held.set(anonymousId, [...(this.#held.get(anonymousId) ?? []), event]);
      return [];
    });
  }

  #claim(event: unknown): readonly unknown[] {
    const claim = findClaim(event, mapEvent(event, this.settings, this.now), this.settings);
    if (!claim) return [];
    const held = this.#held.get(claim.anonymousId) ?? [];
    this.#held.delete(claim.anonymousId);
    return claim.outcome ? [] : held.map((one) => new ClaimedEvent(one, claim.userId, this.now));
  }
}
