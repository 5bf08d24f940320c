import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A sandbox, and what a relay needs to deliver to it. */
export interface Demo {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

/**
 * Starts a sandbox for as long as this process lives. The store goes with it: what was sent for a try must not wait for a
 * real key, and users that a sandbox forgot must not count as known.
 */
export async function startDemo(env: NodeJS.ProcessEnv): Promise<Demo> {
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'segment-userleap-'));
  return {
    sandbox,
    env: {
      DATABASE_URL: env.DATABASE_URL ?? `sqlite:${join(folder, 'relay.db')}`,
      LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
      RELAY_ADMIN_TOKEN: env.RELAY_ADMIN_TOKEN ?? randomBytes(16).toString('hex'),
      USERLEAP_API_KEY: 'sandbox',
      USERLEAP_ENDPOINT: sandbox.url,
    },
    async end() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
