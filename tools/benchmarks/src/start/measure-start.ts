import { residentMemory, startServer, withTemporaryFolder } from '@segment-userleap/relay-driver';
import { join } from 'node:path';
import { cpuSecondsOf } from '../processes/cpu-seconds';
import { WITHOUT_DELIVERY } from '../processes/start-relay';

// Long enough for what a start leaves to do; a relay that idles for minutes gives some of it back.
const IDLE_SECONDS = 5;

export interface StartFigures {
  /** From being spawned to answering that it is ready. */
  readonly seconds: number;
  /** Of all its threads, until then. */
  readonly cpuSeconds: number;
  /** Resident, when it has had nothing to do for a while. */
  readonly idleMegabytes: number;
}

/** Starts a built relay on an empty store, and leaves it alone. Reads `/proc`. */
export function measureStart(main: string): Promise<StartFigures> {
  return withTemporaryFolder(async (folder) => {
    const env = { PORT: '0', USERLEAP_API_KEY: 'benchmarks', ...WITHOUT_DELIVERY };
    const spawnedAt = performance.now();
    const relay = await startServer(main, { ...env, DATABASE_URL: `sqlite:${join(folder, 'relay.db')}` });
    try {
      const { status } = await fetch(`${relay.url}/health/ready`);
      if (status !== 200) throw new Error(`expected a relay that is ready, got ${status}`);
      const seconds = (performance.now() - spawnedAt) / 1_000;
      const cpuSeconds = cpuSecondsOf(relay.pid);
      await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1_000));
      return { seconds, cpuSeconds, idleMegabytes: residentMemory(relay.pid)?.now ?? NaN };
    } finally {
      await relay.end('SIGTERM');
    }
  });
}
