import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { sandboxInProcess } from '@segment-userleap/userleap-sandbox';
import { join } from 'node:path';
import type { RateLimit } from './rate-limit';
import { RealWork } from './real-work';
import { startEngine } from './relay-engine';
import type { EngineReply, EngineRequest } from './relay-engine';
import { VirtualClock } from './virtual-clock';

const ANSWER_MS = 100;
const PATIENCE_MS = 24 * 3_600_000;
const MOST_TOGETHER = 2_500;

/** A call of a sender, as a trace has it. */
export interface TracedCall {
  /** Milliseconds from the start, in order. */
  readonly at: number;
  readonly event: Readonly<Record<string, unknown>>;
  readonly isBackfilled?: boolean;
}

/** What a trace came to; times in milliseconds from its start. */
export interface Played {
  readonly requests: number;
  readonly refused: number;
  /** When each call had its end, in their order; NaN where it had none. */
  readonly endedAt: readonly number[];
}

export interface Play {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly limit: RateLimit;
  readonly env?: Readonly<Record<string, string>>;
}

interface Settlement {
  readonly turn: { readonly id: number };
  readonly results: readonly { readonly id: number; readonly outcome: { readonly outcome: string } }[];
}

/** Where calls have their end: in turns that were sent, and in repetitions that need not be. */
interface Store {
  settle?: (settlements: readonly Settlement[]) => unknown;
  endRepeats?: (settlements: readonly Settlement[]) => Promise<readonly number[]>;
}

/**
 * Plays calls to the relay's engine, its store and a sandbox, all real but for the time, until each has its end; where some are a
 * backfill, until each of the others has. Those of the same moment come together.
 */
export function playCalls(calls: readonly TracedCall[], { start, limit, env = {} }: Play): Promise<Played> {
  return withTemporaryFolder(async (folder) => {
    const clock = new VirtualClock(start);
    const work = new RealWork();
    // Without sockets, which time out where the store takes all of the processor.
    const sandbox = sandboxInProcess({ applyDelayMs: 0, rateLimit: limit, now: clock.now });
    const endedAt: number[] = calls.map(() => NaN);
    const awaited = calls.filter(({ isBackfilled }) => !isBackfilled).length;
    let left = awaited === 0 ? calls.length : awaited;
    let failure: unknown;

    async function send(request: EngineRequest): Promise<EngineReply> {
      const reply = await work.add(sandbox.exchange(request));
      if (!reply) throw new Error('the sandbox has broken off');
      await clock.wait(ANSWER_MS);
      return reply;
    }

    // Ids ascend in the order in which calls are accepted.
    function note(settlements: readonly Settlement[]): void {
      for (const { id, outcome } of settlements.flatMap(({ results }) => results)) {
        if (outcome.outcome === 'retry') continue;
        endedAt[id - 1] = clock.now() - start;
        if (awaited === 0 || !calls[id - 1]?.isBackfilled) left -= 1;
      }
    }

    const engine = await startEngine(
      {
        DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
        USERLEAP_API_KEY: 'benchmarks',
        USERLEAP_ENDPOINT: sandbox.url,
        RELAY_WRITE_KEY: 'benchmarks',
        USERLEAP_RATE_LIMIT: `${limit.requests}/${limit.windowMs / 1000}s`,
        ...env,
      },
      {
        clock,
        client: { send },
        watch: (store) => {
          const watched = store as Store;
          const { settle, endRepeats } = {
            settle: watched.settle?.bind(store),
            endRepeats: watched.endRepeats?.bind(store),
          };
          watched.settle = (settlements) => {
            note(settlements);
            return settle?.(settlements);
          };
          watched.endRepeats = async (settlements) => {
            const ended = (await endRepeats?.(settlements)) ?? [];
            note(settlements.filter(({ turn }) => ended.includes(turn.id)));
            return ended;
          };
          return work.counting(store);
        },
      },
    );
    const feed = (next: number): void => {
      const [first, ...others] = together(calls, next);
      if (!first) return;
      const take = (): void => {
        const events = [first, ...others].map(({ event }) => event);
        const { isBackfilled = false } = first;
        work.add(engine.accept(events, { isBackfilled })).catch((error: unknown) => (failure = error));
        feed(next + events.length);
      };
      clock.setTimer(take, start + first.at - clock.now());
    };
    feed(0);
    while (left > 0) {
      await work.end();
      if (failure !== undefined) throw failure;
      if (!clock.fireNext() || clock.now() > start + PATIENCE_MS) throw new Error(`${left} calls never had their end`);
    }
    // What is in flight of a backfill is answered before it stops.
    let isStopped = false;
    const stopped = engine.stop().finally(() => (isStopped = true));
    while (!isStopped) {
      await work.end();
      clock.fireNext();
    }
    await stopped;
    const seen = sandbox.requests();
    const refused = seen.filter(({ rateLimited }) => rateLimited).length;
    return { requests: seen.length, refused, endedAt };
  });
}

/** The calls from this place on that come at the same moment in the same way. */
function together(calls: readonly TracedCall[], from: number): readonly TracedCall[] {
  const some = calls.slice(from, from + MOST_TOGETHER);
  const [first] = some;
  const end = some.findIndex(({ at, isBackfilled }) => at !== first?.at || isBackfilled !== first.isBackfilled);
  return end === -1 ? some : some.slice(0, end);
}
