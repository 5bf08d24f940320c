import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const RELAY = join(__dirname, '../../../dist/apps/relay/main.js');

/** Runs the built relay as a process of its own, on this terminal. */
export function runRelay(env: NodeJS.ProcessEnv): ChildProcess {
  const relay = spawn(process.execPath, [RELAY], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => relay.kill(signal));
  return relay;
}

/** Resolves with the exit code of a process that ended. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Resolves when the relay answers, which is the one that has this admin token; false if it ended instead. */
export async function isUp(url: string, adminToken: string, exit: Promise<number>): Promise<boolean> {
  let hasEnded = false;
  void exit.then(() => (hasEnded = true));
  for (;;) {
    if (hasEnded) return false;
    if (await isOurs(url, adminToken)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// Another server may have the port: then the relay is about to say so.
async function isOurs(url: string, adminToken: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/about`, { headers: { authorization: `Bearer ${adminToken}` } });
    return answer.ok && 'hosts' in ((await answer.json()) as object);
  } catch {
    return false;
  }
}
