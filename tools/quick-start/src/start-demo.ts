import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// As long as the relay takes one.
const LOGIN_SECONDS = 10 * 60;

/** A sandbox, and what a relay needs to deliver to it. */
export interface Demo {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  /** Signs in to the dashboard, once and for ten minutes. */
  readonly loginCode: string;
  end(): Promise<void>;
}

/**
 * Starts a sandbox for as long as this process lives. The store goes with it: what was sent for a try must not wait for a
 * real key, and users that a sandbox forgot must not count as known.
 */
export async function startDemo(env: NodeJS.ProcessEnv): Promise<Demo> {
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'segment-userleap-'));
  const loginCode = `${Math.floor(Date.now() / 1000) + LOGIN_SECONDS}.${randomBytes(16).toString('hex')}`;
  return {
    sandbox,
    loginCode,
    env: {
      DATABASE_URL: env.DATABASE_URL ?? `sqlite:${join(folder, 'relay.db')}`,
      LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
      RELAY_ADMIN_TOKEN: env.RELAY_ADMIN_TOKEN?.trim() ? env.RELAY_ADMIN_TOKEN : randomBytes(16).toString('hex'),
      RELAY_LOGIN_CODE: loginCode,
      USERLEAP_API_KEY: 'sandbox',
      USERLEAP_ENDPOINT: sandbox.url,
    },
    async end() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
