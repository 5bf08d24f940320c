import { ADMIN_TOKEN, AdminApi, API_KEY, ownStore, startRelay, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Fault, Sandbox } from '@segment-userleap/userleap-sandbox';
import { newestValues } from './make-history';
import type { HistoryEvent } from './make-history';

export interface HistoryPlan {
  readonly events: readonly HistoryEvent[];
  readonly replicas: number;
  /** Another build than this one's: what it does is compared. */
  readonly main?: string;
  /** For how long it may take until nothing waits any more. */
  readonly seconds: number;
}

export interface HistoryResult {
  /** Attributes of users, and those of them that do not have the value with the newest time. */
  readonly attributes: number;
  readonly wrong: readonly string[];
  readonly requests: number;
  readonly replayed: number;
}

const RATE_LIMIT = { requests: 2_000, windowMs: 1_000 };
const BATCH = 20;
const SENDERS = 4;
// Of the calls: then a relay is killed.
const DEADLY_SHARE = 0.4;
const ALWAYS = 1_000_000;

/**
 * Hands a history over to relays that share a store, with faults, a SIGKILL, and a replay of every dead letter at the end; and
 * says what UserLeap has then.
 */
export async function playHistory({ events, replicas, main, seconds }: HistoryPlan): Promise<HistoryResult> {
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: RATE_LIMIT });
  for (const fault of faultsOf(events)) sandbox.addFault(fault);
  const store = ownStore();
  const env = {
    RELAY_WRITE_KEY: WRITE_KEY,
    RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
    USERLEAP_API_KEY: API_KEY,
    USERLEAP_ENDPOINT: sandbox.url,
    USERLEAP_RATE_LIMIT: `${RATE_LIMIT.requests}/${RATE_LIMIT.windowMs / 1_000}s`,
    ...store.env,
  };
  const start = () => startRelay(env, main === undefined ? {} : { main });
  const relays: RelayProcess[] = [];
  try {
    for (let replica = 0; replica < replicas; replica += 1) relays.push(await start());
    const admin = new AdminApi(() => relays[0]?.url ?? '');
    await handOver(events, relays, async () => {
      await relays[0]?.end('SIGKILL');
      relays[0] = await start();
    });
    const untilNoneWaits = () =>
      until(
        'nothing to wait any more',
        async () => ((await admin.overview()).pending === 0 ? true : undefined),
        seconds,
      );
    await untilNoneWaits();
    // What is refused the second time, too, is refused for good.
    const replayed = await admin.replay({ all: true });
    await untilNoneWaits();
    for (
      let left = await admin.countDeadLetters({ all: true });
      left > 0;
      left = await admin.countDeadLetters({ all: true })
    ) {
      await admin.replay({ all: true });
      await untilNoneWaits();
    }
    return { ...judge(events, sandbox), requests: sandbox.requests().length, replayed };
  } finally {
    for (const relay of relays) await relay.end('SIGKILL');
    await sandbox.close();
    await store.remove();
  }
}

/** Requests that fail, some of them though they were taken; and users who are refused for a while. */
function faultsOf(events: readonly HistoryEvent[]): readonly Fault[] {
  const users = [...new Set(events.map(({ userId }) => userId))];
  const refused = users.filter((_, at) => at % 5 === 0);
  const failing = users.filter((_, at) => at % 5 === 1);
  const lost = users.filter((_, at) => at % 5 === 2);
  return [
    ...refused.map((userId): Fault => ({ match: { userId, method: 'POST' }, skip: 2, times: 4, status: 400 })),
    ...failing.map((userId): Fault => ({ match: { userId, method: 'POST' }, skip: 1, status: 503 })),
    ...lost.map((userId): Fault => ({ match: { userId, method: 'POST' }, skip: 3, reset: 'before', apply: true })),
    // So slow that there is something in flight when a relay is killed.
    { delayMs: 5, times: ALWAYS },
  ];
}

async function handOver(
  events: readonly HistoryEvent[],
  relays: readonly RelayProcess[],
  kill: () => Promise<void>,
): Promise<void> {
  let from = 0;
  let isKilled = false;
  const send = async (sender: number): Promise<void> => {
    while (from < events.length) {
      const batch = events.slice(from, (from += BATCH));
      await until('a relay to take a batch', () => post(relays[sender % relays.length]?.url ?? '', batch));
      if (sender !== 0 || isKilled || from < events.length * DEADLY_SHARE) continue;
      isKilled = true;
      await kill();
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, sender) => send(sender)));
}

/** True once they are taken; a relay that was killed meanwhile is asked again. */
async function post(url: string, batch: readonly HistoryEvent[]): Promise<true | undefined> {
  const headers = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` };
  const response = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) }).catch(
    () => undefined,
  );
  return response?.status === 200 ? true : undefined;
}

function judge(events: readonly HistoryEvent[], sandbox: Sandbox): Pick<HistoryResult, 'attributes' | 'wrong'> {
  const expected = newestValues(events);
  const present = new Map<string, unknown>(
    sandbox
      .users()
      .flatMap(({ externalUserId, attributes }) =>
        Object.entries(attributes).map(([name, value]) => [`${externalUserId} ${name}`, value] as const),
      ),
  );
  const wrong = [...expected].filter(([place, value]) => present.get(place) !== value).map(([place]) => place);
  return { attributes: expected.size, wrong };
}
