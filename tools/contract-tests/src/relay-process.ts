import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { until } from './until';

/** The built relay. */
export const RELAY = join(__dirname, '../../../dist/apps/relay/main.js');
const FROZEN_CLOCK = join(__dirname, 'frozen-clock.cjs');

/** The built relay as a process of its own, reached over HTTP. */
export interface RelayProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything it wrote so far. */
  output(): string;
  /** Only of a relay that was started with a frozen clock. */
  setClock(now: number): Promise<void>;
  /** Ends it with a signal; resolves with its exit code, null where the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the relay on a free port, with nothing but the given environment. `main`: of another copy of it. */
export async function startRelay(
  env: Readonly<Record<string, string>>,
  { frozenClock = false, main = RELAY }: { frozenClock?: boolean; main?: string } = {},
): Promise<RelayProcess> {
  const preload = frozenClock ? ['--require', FROZEN_CLOCK] : [];
  const child = spawn(process.execPath, [...preload, main], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await until('the relay to listen', () => {
    if (child.exitCode !== null) throw new Error(`the relay ended: ${output}`);
    return /listening on (http:[^"\s]+)/.exec(output)?.[1];
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    setClock: (now) => setClock(child, now),
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}

function setClock(child: ChildProcess, now: number): Promise<void> {
  return new Promise((resolve) => {
    child.once('message', () => resolve());
    child.send({ now });
  });
}
