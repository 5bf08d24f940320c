import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { residentMemory, until, withTemporaryFolder } from '@segment-userleap/relay-driver';
import { startRelay } from '../processes/start-relay';

const PATIENCE_SECONDS = 60;

export interface StartFigures {
  readonly requestsPerWindow: number;
  readonly secondsToFirstRequest: number;
  readonly megabytesThen: number;
  readonly megabytesLater: number;
  readonly megabytesAtMost: number;
  /** Seen by UserLeap from the first one on while it was watched. */
  readonly requests: number;
}

/** Starts a relay on a filled store next to a living UserLeap, and watches it deliver for a while. */
export async function measureStart(
  folder: string,
  requestsPerWindow: number,
  watchSeconds: number,
): Promise<StartFigures> {
  const rateLimit = { requests: requestsPerWindow, windowMs: 300_000 };
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit });
  const relay = await startRelay(folder, {
    USERLEAP_ENDPOINT: sandbox.url,
    USERLEAP_RATE_LIMIT: `${requestsPerWindow}/300s`,
  });
  try {
    await until('the first request', () => sandbox.requests().length > 0 || undefined, PATIENCE_SECONDS);
    const then = residentMemory(relay.pid);
    const firstAt = Date.parse(sandbox.requests()[0]?.receivedAt ?? '');
    await new Promise((resolve) => setTimeout(resolve, watchSeconds * 1000));
    const later = residentMemory(relay.pid);
    return {
      requestsPerWindow,
      secondsToFirstRequest: (firstAt - relay.spawnedAt) / 1000,
      megabytesThen: then?.now ?? NaN,
      megabytesLater: later?.now ?? NaN,
      megabytesAtMost: later?.peak ?? NaN,
      requests: sandbox.requests().length,
    };
  } finally {
    await relay.end('SIGTERM');
    await sandbox.close();
  }
}

/** Seconds until a relay with an empty store listens: what a start costs anyway. */
export function measureEmptyStart(): Promise<number> {
  return withTemporaryFolder(async (folder) => {
    const relay = await startRelay(folder, { USERLEAP_ENDPOINT: 'http://127.0.0.1:9' });
    const seconds = (Date.now() - relay.spawnedAt) / 1000;
    await relay.end('SIGTERM');
    return seconds;
  });
}
