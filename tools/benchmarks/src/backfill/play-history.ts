import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { join } from 'node:path';
import { exchange } from '../coalescing/drive-engine';
import type { RateLimit } from '../coalescing/rate-limit';
import { RealWork } from '../coalescing/real-work';
import { startEngine } from '../coalescing/relay-engine';
import type { EngineReply, EngineRequest } from '../coalescing/relay-engine';
import { VirtualClock } from '../coalescing/virtual-clock';
import type { HistoryEvent } from './made-history';

const START = Date.UTC(2026, 11, 1);
const ANSWER_MS = 100;
const PATIENCE_MS = 14 * 24 * 3_600_000;
const BATCH = 1_000;

/** What a history came to. */
export interface Played {
  readonly requests: number;
  readonly lookUps: number;
  readonly refused: number;
  /** From the first event that was handed over until all was delivered that can be. */
  readonly ms: number;
}

interface Settled {
  settle?: (
    settlements: readonly { readonly results: readonly { id: number; outcome: { outcome: string } }[] }[],
  ) => unknown;
}

/** Hands a history to the relay's engine, its store and a sandbox, all real but for the time, until `delivered` events are. */
export function playHistory(
  history: readonly HistoryEvent[],
  { limit, eventsPerSecond, delivered }: { limit: RateLimit; eventsPerSecond: number; delivered: number },
): Promise<Played> {
  return withTemporaryFolder(async (folder) => {
    const clock = new VirtualClock(START);
    const work = new RealWork();
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: limit, now: clock.now });
    let left = delivered;
    let lookUps = 0;
    let unanswered = 0;
    let failure: unknown;

    async function send(request: EngineRequest): Promise<EngineReply> {
      if (request.method === 'GET') lookUps += 1;
      unanswered += 1;
      const reply = await work.add(exchange(request));
      await clock.wait(ANSWER_MS);
      unanswered -= 1;
      return reply;
    }
    const engine = await startEngine(
      {
        DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
        USERLEAP_API_KEY: 'benchmarks',
        USERLEAP_ENDPOINT: sandbox.url,
        USERLEAP_RATE_LIMIT: `${limit.requests}/${limit.windowMs / 1000}s`,
      },
      {
        clock,
        client: { send },
        watch: (store) => {
          const settling = store as Settled;
          const settle = settling.settle?.bind(store);
          settling.settle = (settlements) => {
            const outcomes = settlements.flatMap(({ results }) => results.map(({ outcome }) => outcome.outcome));
            left -= outcomes.filter((outcome) => outcome !== 'retry').length;
            return settle?.(settlements);
          };
          return work.counting(store);
        },
      },
    );
    const feed = (from: number): void => {
      if (from >= history.length) return;
      const take = (): void => {
        // As the relay's door does: whatever an event says of its arrival.
        const receivedAt = new Date(clock.now()).toISOString();
        const batch = history.slice(from, from + BATCH).map((event) => ({ ...event, receivedAt }));
        work.add(engine.accept(batch, { isBackfilled: true })).catch((error: unknown) => (failure = error));
        feed(from + BATCH);
      };
      clock.setTimer(take, START + (from / eventsPerSecond) * 1000 - clock.now());
    };
    feed(0);
    for (await work.end(); left > 0; await work.end()) {
      if (failure !== undefined) throw failure;
      if (!clock.fireNext() || clock.now() > START + PATIENCE_MS) throw new Error(`${left} events never had their end`);
    }
    const ms = clock.now() - START;
    const seen = sandbox.requests();
    const soFar = lookUps;
    // A stop waits for what is under way.
    const stopped = engine.stop();
    for (await work.end(); unanswered > 0; await work.end()) clock.fireNext();
    await stopped;
    await sandbox.close();
    return { requests: seen.length, lookUps: soFar, refused: seen.filter(({ rateLimited }) => rateLimited).length, ms };
  });
}
