import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { until } from './until';

// Far above what any test reads; a relay that complains for minutes must not fill our memory.
const MOST_OUTPUT = 10_000_000;

/** A server as a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly spawnedAt: number;
  readonly url: string;
  /** Everything it wrote so far, up to ten million characters. */
  output(): string;
  /** Sends it a message; resolves with its answer. */
  ask(message: object): Promise<unknown>;
  /** Ends it with a signal; resolves with its exit code, null where the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/**
 * Starts a Node script that prints `listening on <url>`, with nothing but the given environment; resolves then. Rejects
 * with its output if it ends instead. `preload`: scripts that are loaded before it. `launcher`: a command that becomes the one whose
 * words follow its own. It ends with this process.
 */
export async function startServer(
  script: string,
  env: Readonly<Record<string, string>>,
  { preload = [], launcher = [] }: { preload?: readonly string[]; launcher?: readonly string[] } = {},
): Promise<ServerProcess> {
  const spawnedAt = Date.now();
  const [command = '', ...words] = [
    ...launcher,
    process.execPath,
    ...preload.flatMap((file) => ['--require', file]),
    script,
  ];
  const child = spawn(command, words, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exit = endWithUs(child);
  let output = '';
  const collect = (chunk: Buffer): void => {
    if (output.length < MOST_OUTPUT) output += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const url = await until(`${script} to listen`, () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${output}`);
    return /listening on (http:[^"\s]+)/.exec(output)?.[1];
  }).catch((error: unknown) => {
    // Or it would keep this process from its end.
    child.kill('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid ?? NaN,
    spawnedAt,
    url,
    output: () => output,
    ask(message) {
      return new Promise((resolve) => {
        child.once('message', resolve);
        child.send(message);
      });
    },
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}

/** Resolves with the exit code of the child, which is killed when this process ends. */
function endWithUs(child: ChildProcess): Promise<number | null> {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      process.off('exit', kill);
      resolve(code);
    });
  });
}
