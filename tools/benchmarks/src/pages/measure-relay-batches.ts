import { until, withTemporaryFolder } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { cpuSecondsOf } from '../processes/cpu-seconds';
import { startRelay } from '../processes/start-relay';
import { pageCalls, pageRules } from './page-calls';

const UNLIMITED = { requests: 1_000_000, windowMs: 300_000 };
const WRITE_KEY = 'write-key';
const BATCH = 100;
const URL_LENGTH = 4_000;
const WARM_UP = 10;
const MEASURED = 20;
const PATIENCE_SECONDS = 60;

/** CPU time of a relay, milliseconds, from a batch of 100 Pages with long URLs to its delivery: mean of many, warm. */
export function measureRelayBatches(withRules: boolean): Promise<number> {
  return withTemporaryFolder(async (folder) => {
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: UNLIMITED });
    const relay = await startRelay(folder, {
      USERLEAP_ENDPOINT: sandbox.url,
      USERLEAP_RATE_LIMIT: '1000000/300s',
      USERLEAP_UNKNOWN_USERS: 'create',
      USERLEAP_PAGE_URL_EVENTS: JSON.stringify(withRules ? pageRules() : {}),
      RELAY_WRITE_KEY: WRITE_KEY,
    });
    try {
      const calls = pageCalls((WARM_UP + MEASURED) * BATCH, URL_LENGTH, 10);
      let cpuBefore = 0;
      for (let sent = 0; sent < calls.length; sent += BATCH) {
        if (sent === WARM_UP * BATCH) cpuBefore = cpuSecondsOf(relay.pid);
        await sendBatch(relay.url, calls.slice(sent, sent + BATCH));
        await until('its delivery', () => countPageviews(sandbox) >= sent + BATCH || undefined, PATIENCE_SECONDS);
      }
      return ((cpuSecondsOf(relay.pid) - cpuBefore) / MEASURED) * 1_000;
    } finally {
      await relay.end('SIGTERM');
      await sandbox.close();
    }
  });
}

async function sendBatch(url: string, batch: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, batch }),
  });
  if (!response.ok) throw new Error(`the relay answered ${response.status}`);
  await response.arrayBuffer();
}

function countPageviews(sandbox: Sandbox): number {
  const events = sandbox
    .requests()
    .flatMap(({ body }) => (body as { events?: readonly { event: string }[] }).events ?? []);
  return events.filter(({ event }) => event === 'pageview').length;
}
