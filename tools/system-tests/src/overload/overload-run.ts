import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { setTimeout as pause } from 'node:timers/promises';
import { settledDown, findFates } from '../crash/crash-admin';
import { readTaken } from '../crash/crash-arrivals';
import { nameUsers } from '../crash/crash-event';
import { Load } from '../crash/crash-load';
import { findLost } from '../crash/crash-lost';
import { findDisorder } from '../crash/crash-order';
import { ownStore, SeededRandom, until } from '@segment-userleap/relay-driver';
import { MortalRelays } from '../crash/crash-relays';
import { measureBudgetUse } from './overload-report';
import type { BudgetUse, RateLimit, Span } from './overload-report';

// So long that some requests are in flight when the process ends.
const ANSWER_MS = 50;
const SENDERS = 6;
// Some four times what may go out. More would show nothing else and keep the machine busy.
const PAUSE_MS = 200;

export interface OverloadPlan {
  /** Each with as many users of its own, all with the same API key. */
  readonly destinations: readonly string[];
  readonly users: number;
  readonly limit: RateLimit;
  /** How the process ends, again and again, and what it is started anew after. */
  readonly ends: readonly ('SIGTERM' | 'SIGKILL')[];
  /** How long each process has the load, the last one included. */
  readonly loadMs: number;
}

export interface OverloadResult {
  readonly use: BudgetUse;
  /** Requests under load, by destination. */
  readonly shares: readonly number[];
  readonly events: number;
  /** A sentence for each event that is lost, has a wrong end or came out of order. */
  readonly wrong: readonly string[];
}

/** More comes in all the time than the rate limit lets out, over restarts; then all may go out. */
export async function runOverload({ destinations, users, limit, ends, loadMs }: OverloadPlan): Promise<OverloadResult> {
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: limit });
  sandbox.addFault({ delayMs: ANSWER_MS, times: Number.MAX_SAFE_INTEGER });
  const settings = { apiKey: 'test-api-key', endpoint: sandbox.url };
  const rateLimit = `${limit.requests}/${limit.windowMs / 1000}s`;
  const relay = new MortalRelays(
    ownStore(),
    1,
    destinations.map((name) => ({ name, writeKeys: [`key-of-${name}`], rateLimit, settings })),
  );
  const random = new SeededRandom(1);
  const common = { url: () => relay.url, senders: SENDERS, pauseMs: PAUSE_MS, poison: 0, random };
  const loads = destinations.map(
    (name) => new Load({ ...common, writeKey: `key-of-${name}`, users: nameUsers(`${name}-`, users) }),
  );
  const spans: Span[] = [];
  try {
    for (const end of ends) {
      const from = await start(relay);
      await pause(loadMs);
      spans.push({ from, to: Date.now() });
      await relay.end(end);
    }
    const from = await start(relay);
    await pause(loadMs);
    // On a busy machine it takes longer until more has come than a window takes.
    await until('more than one window', async () => sandbox.requests().length > limit.requests || undefined);
    const underLoad = readTaken(sandbox.requests());
    await Promise.all(loads.map((load) => load.stop()));
    await settledDown(relay.admin);
    spans.push({ from, to: Date.now() });
    const events = loads.flatMap((load) => load.acknowledged);
    const fates = await findFates(relay.admin);
    const delivered = readTaken(sandbox.requests());
    return {
      use: measureBudgetUse(sandbox.requests(), spans, limit),
      shares: destinations.map((name) => underLoad.filter(({ userId }) => userId.startsWith(`${name}-`)).length),
      events: events.length,
      wrong: [...findLost(events, fates, delivered), ...findDisorder(delivered)],
    };
  } finally {
    await relay.remove();
    await sandbox.close();
  }
}

/** When it listens. */
async function start(relay: MortalRelays): Promise<number> {
  await relay.start();
  return Date.now();
}
