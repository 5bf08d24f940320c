import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHost, FunctionHostOptions } from '@segment-userleap/segment-runtime';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { API_KEY } from '@segment-userleap/relay-driver';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join(__dirname, '../../../../dist/segment-function/userleap.min.js');

/** The built Function on one instance, and a UserLeap for it. */
export interface FunctionOnSandbox {
  readonly host: FunctionHost;
  readonly sandbox: Sandbox;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The built Function as it is pasted, in the runtime that stands for Segment's. */
export function createBuiltFunction(options: Partial<FunctionHostOptions> = {}): FunctionHost {
  return createFunctionHost({ code: readFileSync(BUILT, 'utf8'), loader: 'wrapper', ...options });
}

/** Lets `use` work with the built Function and a sandbox, which is closed then. */
export async function onSandbox<T>(
  use: (pair: FunctionOnSandbox) => Promise<T>,
  options: Partial<FunctionHostOptions> = {},
): Promise<T> {
  const sandbox = await startSandbox({ applyDelayMs: 0 });
  try {
    const host = createBuiltFunction(options);
    return await use({ host, sandbox, settings: { apiKey: API_KEY, endpoint: sandbox.url } });
  } finally {
    await sandbox.close();
  }
}
