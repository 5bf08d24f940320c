import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A peer's worker as a process of its own, which waits for its `begin`. */
export interface WorkerProcess {
  begin(): void;
  /** Resolves when it is gone. */
  end(): Promise<unknown>;
}

/** Resolves once the script has said that it is ready. */
export async function startWorker(script: string, env: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const child = fork(script, { env: { PATH: process.env.PATH, ...env } });
  const exit = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    exit.then(() => {
      throw new Error(`${script} ended before it was ready`);
    }),
  ]);
  return {
    begin: () => void child.send('begin'),
    end: () => {
      child.kill('SIGKILL');
      return exit;
    },
  };
}
