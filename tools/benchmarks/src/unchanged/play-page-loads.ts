import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { join } from 'node:path';
import { exchange } from '../coalescing/drive-engine';
import type { RateLimit } from '../coalescing/rate-limit';
import { RealWork } from '../coalescing/real-work';
import { startEngine } from '../coalescing/relay-engine';
import type { EngineReply, EngineRequest } from '../coalescing/relay-engine';
import { VirtualClock } from '../coalescing/virtual-clock';
import type { BrowserCall } from './page-loads';

const ANSWER_MS = 100;
const PATIENCE_MS = 24 * 3_600_000;

/** What a trace came to; times in milliseconds from its start. */
export interface Played {
  readonly requests: number;
  readonly refused: number;
  /** When each call had its end, in their order. */
  readonly endedAt: readonly number[];
}

interface Settled {
  settle?: (
    settlements: readonly { readonly results: readonly { id: number; outcome: { outcome: string } }[] }[],
  ) => unknown;
}

/** Plays calls to the relay's engine, its store and a sandbox, all real but for the time, until each has its end. */
export function playPageLoads(
  calls: readonly BrowserCall[],
  { start, limit, window }: { readonly start: number; readonly limit: RateLimit; readonly window: string },
): Promise<Played> {
  return withTemporaryFolder(async (folder) => {
    const clock = new VirtualClock(start);
    const work = new RealWork();
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: limit, now: clock.now });
    const endedAt: number[] = calls.map(() => NaN);
    let left = calls.length;
    let failure: unknown;

    async function send(request: EngineRequest): Promise<EngineReply> {
      const reply = await work.add(exchange(request));
      await clock.wait(ANSWER_MS);
      return reply;
    }
    // Ids ascend in the order in which calls are accepted.
    function note(settlements: Parameters<NonNullable<Settled['settle']>>[0]): void {
      for (const { id, outcome } of settlements.flatMap(({ results }) => results)) {
        if (outcome.outcome === 'retry') continue;
        endedAt[id - 1] = clock.now() - start;
        left -= 1;
      }
    }
    const engine = await startEngine(
      {
        DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
        USERLEAP_API_KEY: 'benchmarks',
        USERLEAP_ENDPOINT: sandbox.url,
        USERLEAP_RATE_LIMIT: `${limit.requests}/${limit.windowMs / 1000}s`,
        RELAY_UNCHANGED_WINDOW: window,
      },
      {
        clock,
        client: { send },
        watch: (store) => {
          const settling = store as Settled;
          const settle = settling.settle?.bind(store);
          settling.settle = (settlements) => {
            note(settlements);
            return settle?.(settlements);
          };
          return work.counting(store);
        },
      },
    );
    const feed = (next: number): void => {
      const call = calls[next];
      if (!call) return;
      const take = (): void => {
        work.add(engine.accept([call.event])).catch((error: unknown) => (failure = error));
        feed(next + 1);
      };
      clock.setTimer(take, start + call.at - clock.now());
    };
    feed(0);
    while (left > 0) {
      await work.end();
      if (failure !== undefined) throw failure;
      if (!clock.fireNext() || clock.now() > start + PATIENCE_MS) throw new Error(`${left} calls never had their end`);
    }
    await work.end();
    await engine.stop();
    await sandbox.close();
    const seen = sandbox.requests();
    const refused = seen.filter(({ rateLimited }) => rateLimited).length;
    return { requests: seen.length, refused, endedAt };
  });
}
