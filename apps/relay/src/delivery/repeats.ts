import type { Destination } from '../config/relay-config';
import type { RelayObserver } from '../observer/relay-observer';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { Settlement, Turn } from '../outbox/port/turn';
import { deliverTurn } from './deliver-turn';
import type { TurnPorts } from './deliver-turn';

interface Outside extends Pick<TurnPorts, 'clock' | 'told'> {
  readonly outbox: TurnPorts['outbox'] & Pick<OutboxPort, 'findRepeats' | 'endRepeats'>;
  readonly observer: Pick<RelayObserver, 'settled'>;
}

/**
 * What only repeats what UserLeap was told. It ends without a request, so it need not wait for a place in the budget: while there
 * is none, what has come is looked through for it, each lane once.
 */
export class Repeats {
  #upTo = 0;

  constructor(
    private readonly destination: Destination,
    private readonly outside: Outside,
  ) {}

  /** Ends some, of so many bytes at most. Returns whether there may be more. Rejects where the store fails. */
  async endSome(bytes: number): Promise<boolean> {
    const { outbox, observer, told } = this.outside;
    if (told.unchangedMs === 0) return false;
    const { name, budget } = this.destination;
    const call = { destination: name, environment: budget.id, bytes, after: this.#upTo };
    const { turns, upTo, mayHaveMore } = await outbox.findRepeats(call);
    const ended: Settlement[] = [];
    for (const turn of turns) {
      const settlement = await this.#tryWithoutRequest(turn);
      if (settlement) ended.push(settlement);
    }
    // Mostly there is none: then the store has nothing to do.
    const kept = new Set(ended.length === 0 ? [] : await outbox.endRepeats(ended));
    for (const settlement of ended) if (kept.has(settlement.turn.id)) observer.settled(settlement);
    this.#upTo = upTo;
    return mayHaveMore;
  }

  /** How the turn ends where that needs no request; else undefined. */
  async #tryWithoutRequest(turn: Turn): Promise<Settlement | undefined> {
    const { outbox, clock, told } = this.outside;
    let needsRequest = false;
    const isOver = (): boolean => (needsRequest = true);
    const send = () => Promise.resolve({ failure: 'out_of_time' as const });
    const ports = { outbox, clock, told, limit: undefined, chance: () => 1, send, isOver };
    const { settlement } = await deliverTurn(turn, this.destination, ports);
    return needsRequest ? undefined : settlement;
  }
}
