import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { join } from 'node:path';
import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { readUpsert } from './arrived-upsert';
import { DeliveryLog } from './delivery-log';
import { gatherBatches } from './gather-batches';
import type { RateLimit } from './rate-limit';
import { RealWork } from './real-work';
import { startEngine } from './relay-engine';
import type { EngineReply, EngineRequest } from './relay-engine';
import { segmentEvent, TRACE_START } from './segment-event';
import type { TraceEvent } from './trace';
import { VirtualClock } from './virtual-clock';

// Single calls would take the disk five times as long, and tell no more.
const GATHERED_MS = 200;
const ANSWER_MS = 100;
const PATIENCE_MS = 24 * 3_600_000;

export interface DrivenTrace {
  readonly log: DeliveryLog;
  /** Requests that UserLeap, counting by itself, answered 429. */
  readonly refused: number;
}

/** Plays a trace to the relay's engine, its store and a sandbox, all real but for the time, until everything has arrived. */
export function driveEngine(trace: readonly TraceEvent[], limit: RateLimit): Promise<DrivenTrace> {
  return withTemporaryFolder(async (folder) => {
    const clock = new VirtualClock(TRACE_START);
    const work = new RealWork();
    const log = new DeliveryLog(trace);
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: limit, now: clock.now });
    let unanswered = 0;
    let failure: unknown;

    async function send(request: EngineRequest): Promise<EngineReply> {
      unanswered += 1;
      const sentAt = clock.now() - TRACE_START;
      const reply = await work.add(exchange(request));
      if (reply.status === 202) log.note(sentAt, readUpsert(request.body ?? ''));
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
      { clock, client: { send }, watch: (store) => work.counting(store) },
    );
    const batches = gatherBatches(trace, GATHERED_MS);
    const feed = (next: number): void => {
      const batch = batches[next];
      if (!batch) return;
      const take = (): void => {
        work.add(engine.accept(batch.events.map(segmentEvent))).catch((error: unknown) => (failure = error));
        feed(next + 1);
      };
      clock.setTimer(take, TRACE_START + batch.at - clock.now());
    };
    feed(0);
    while (log.left > 0 || unanswered > 0) {
      await work.end();
      if (failure !== undefined) throw failure;
      const hasGoneOn = clock.fireNext();
      if (!hasGoneOn || clock.now() > TRACE_START + PATIENCE_MS) throw new Error(`${log.left} events never arrived`);
    }
    await work.end();
    await engine.stop();
    await sandbox.close();

    const seen = sandbox.requests();
    const refused = seen.filter(({ rateLimited }) => rateLimited).length;
    if (seen.length !== log.requests.length + refused)
      throw new Error('expected upserts only: no user was ever unknown');
    return { log, refused };
  });
}

/** What UserLeap answers. */
export async function exchange({ method, url, headers, body }: EngineRequest): Promise<EngineReply> {
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
