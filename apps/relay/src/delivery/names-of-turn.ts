import { findHeldBack } from '@segment-userleap/mapping';
import type { HeldBack, Mapped, Outcome, Settings } from '@segment-userleap/mapping';
import { classifyReply } from '@segment-userleap/userleap-api';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { NameNews, TurnNames } from '../outbox/port/event-names';
import { LateEvent, mapQueued } from './map-queued';

interface Named {
  readonly userId: string;
  /** Each once. */
  readonly names: readonly string[];
}

/** Under which names a turn's events go to UserLeap, and what it says to these. */
export class NamesOfTurn {
  /** By the place of the event; undefined: it has none. */
  readonly #named: (Named | undefined)[] = [];
  readonly #heldBack: HeldBack[] = [];
  readonly #toBlame = new Set<string>();
  readonly #refusedUsers = new Set<string>();

  constructor(private readonly settings: Settings) {}

  /** What an event becomes. To be asked once for each, in order. */
  readonly mapEvent = (event: unknown, settings: Settings, now: number): Mapped => {
    const mapped = mapQueued(event, settings, now);
    this.#named.push(namesOf(mapped));
    const heldBack = findHeldBack(event instanceof LateEvent ? event.event : event, mapped);
    if (heldBack) this.#heldBack.push(heldBack);
    return mapped;
  };

  /** Where UserLeap refuses a request that holds one name and nothing else, it refuses the name. */
  noteReply(request: UserLeapRequest, reply: UserLeapReply): void {
    if (!('status' in reply) || reply.status < 400) return;
    const { apiKey } = this.settings;
    const answer = classifyReply(request, reply, { apiKey, now: 0 });
    if (answer.kind !== 'refused' || answer.isTooLarge) return;
    const { userId, emailAddress, attributes, events = [] } = request.upsert ?? {};
    if (userId === undefined || emailAddress !== undefined || attributes !== undefined) return;
    const [name, ...others] = new Set(events.map(({ event }) => event));
    // The user as such is refused, whatever is sent of it.
    if (name === undefined) this.#refusedUsers.add(userId);
    else if (others.length === 0) this.#toBlame.add(name);
  }

  /** What it came to, by what became of the events. */
  list(outcomes: readonly (Outcome | undefined)[]): TurnNames {
    const sent = new Map<string, { taken: number; refused: number }>();
    for (const [index, named] of this.#named.entries()) {
      const outcome = outcomes[index];
      if (!named || !outcome) continue;
      const isTaken = outcome.outcome === 'delivered';
      const isRefused = outcome.outcome === 'rejected' && outcome.reason === 'refused';
      if (!isTaken && !(isRefused && !this.#refusedUsers.has(named.userId))) continue;
      for (const name of named.names) {
        const counts = sent.get(name) ?? { taken: 0, refused: 0 };
        counts[isTaken ? 'taken' : 'refused'] += 1;
        sent.set(name, counts);
      }
    }
    const news = [...sent].map(([name, counts]): NameNews => {
      return { name, ...counts, isToBlame: counts.taken === 0 && this.#toBlame.has(name) };
    });
    return { sent: news, heldBack: this.#heldBack };
  }
}

function namesOf(mapped: Mapped): Named | undefined {
  if (mapped.kind === 'settled' || mapped.operation.kind !== 'upsert') return undefined;
  const { userId, events } = mapped.operation;
  const [first, ...others] = events;
  if (!first) return undefined;
  return { userId, names: others.length === 0 ? [first.event] : [...new Set(events.map(({ event }) => event))] };
}
