import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { fillThrough } from '../backlog/fill-store';
import type { Backlog } from '../backlog/fill-store';
import { startRelayAt, WITHOUT_DELIVERY } from '../processes/start-relay';
import { until } from '@segment-userleap/relay-driver';
import type { StoreEnv } from './postgres-store';

const UNLIMITED = { requests: 1_000_000, windowMs: 300_000 };
const PATIENCE_SECONDS = 300;
// What goes out while the replicas still start.
const WARM_UP = 200;

/** Fills a store, and then measures requests/s of so many replicas until `requests` have gone. */
export async function measureDelivery(
  store: StoreEnv,
  backlog: Backlog,
  { replicas, requests }: { replicas: number; requests: number },
): Promise<number> {
  const filling = await startRelayAt({ ...WITHOUT_DELIVERY, ...store });
  await fillThrough(filling, backlog).finally(() => filling.end('SIGTERM'));
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: UNLIMITED });
  const env = { ...store, USERLEAP_ENDPOINT: sandbox.url, USERLEAP_RATE_LIMIT: '1000000/300s' };
  const relays = await Promise.all(Array.from({ length: replicas }, () => startRelayAt(env)));
  try {
    await until('the requests', () => sandbox.requests().length >= requests || undefined, PATIENCE_SECONDS);
    const times = sandbox.requests().map(({ receivedAt }) => Date.parse(receivedAt));
    const [first = NaN, last = NaN] = [times[WARM_UP], times[requests - 1]];
    return ((requests - WARM_UP) / (last - first)) * 1000;
  } finally {
    await Promise.all(relays.map((relay) => relay.end('SIGTERM')));
    await sandbox.close();
  }
}
