import { spawn } from 'node:child_process';

/** A server as a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly spawnedAt: number;
  readonly url: string;
  /** Ends it in order; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a Node script that prints `listening on <url>`; resolves then. Rejects with its output if it ends instead. */
export async function startServer(script: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const spawnedAt = Date.now();
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exit.then(() => process.off('exit', killWithUs));

  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      // Only the start is of interest: a relay that complains for minutes must not fill our memory.
      if (output.length < 100_000) output += chunk.toString('utf8');
      const [, found] = /listening on (http:[^"\s]+)/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exit.then(() => reject(new Error(`the server ended: ${output}`)));
  });
  return {
    pid: child.pid ?? NaN,
    spawnedAt,
    url,
    stop() {
      child.kill('SIGTERM');
      return exit;
    },
  };
}
