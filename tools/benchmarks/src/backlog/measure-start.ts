import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { residentMemory } from '../processes/resident-memory';
import { startRelay } from '../processes/start-relay';
import { until } from '../processes/until';

const PATIENCE_SECONDS = 60;
const DELIVERING_MS = 30_000;

export interface StartFigures {
  readonly secondsToFirstRequest: number;
  readonly megabytesThen: number;
  readonly megabytesLater: number;
  readonly megabytesAtMost: number;
  /** Seen by UserLeap in the half minute after the first one. */
  readonly requests: number;
}

/** Starts a relay on a filled store next to a living UserLeap, and watches it deliver for half a minute. */
export async function measureStart(folder: string, requestsPerWindow: number): Promise<StartFigures> {
  const rateLimit = { requests: requestsPerWindow, windowMs: 300_000 };
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit });
  const relay = await startRelay(folder, {
    USERLEAP_ENDPOINT: sandbox.url,
    USERLEAP_RATE_LIMIT: `${requestsPerWindow}/300s`,
  });
  try {
    await until('the first request', PATIENCE_SECONDS, () => sandbox.requests().length > 0);
    const then = residentMemory(relay.pid);
    const firstAt = Date.parse(sandbox.requests()[0]?.receivedAt ?? '');
    await new Promise((resolve) => setTimeout(resolve, DELIVERING_MS));
    const later = residentMemory(relay.pid);
    return {
      secondsToFirstRequest: (firstAt - relay.spawnedAt) / 1000,
      megabytesThen: then.now,
      megabytesLater: later.now,
      megabytesAtMost: later.peak,
      requests: sandbox.requests().length,
    };
  } finally {
    await relay.stop();
    await sandbox.close();
  }
}
