import { startSandbox, type Sandbox, type SandboxOptions } from '../src/index';

const open: Sandbox[] = [];

/** A sandbox that the `afterEach` of this file closes; it applies upserts at once unless told otherwise. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ applyDelayMs: 0, ...options });
  open.push(sandbox);
  return sandbox;
}

export async function closeSandboxes(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}
