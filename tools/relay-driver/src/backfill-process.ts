import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The built command `npm run backfill`. */
const BACKFILL = join(__dirname, '../../backfill/dist/main.js');
// As the script in package.json has it.
const NODE_OPTIONS = ['--max-semi-space-size=2'];

/** A backfill that runs. */
export interface BackfillProcess {
  readonly pid: number;
  readonly hasEnded: boolean;
  /** Resolves with its exit code, null where a signal ended it, and all that it said. */
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
  kill(signal: 'SIGINT' | 'SIGKILL'): void;
}

/** Starts a backfill in a folder, where its state and its report then are. It ends with this process. */
export function startBackfill(args: readonly string[], folder: string): BackfillProcess {
  const child = spawn(process.execPath, [...NODE_OPTIONS, BACKFILL, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const end = once(child, 'close').then(([code]) => {
    process.off('exit', kill);
    return { code: code as number | null, output };
  });
  return {
    pid: child.pid ?? NaN,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    end,
    kill: (signal) => void child.kill(signal),
  };
}
