import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

// PostgreSQL refuses to run as root: `nobody`.
export const NOBODY = { uid: 65_534, gid: 65_534 };
export const isRoot = process.getuid?.() === 0;

/** A program that was started, and what it has said. */
export interface Program {
  readonly child: ChildProcess;
  said(): string;
  /** Resolves with its exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

export function startProgram(path: string, args: readonly string[], cwd: string): Program {
  const child = spawn(path, args, {
    cwd,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? NOBODY : {}),
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString('utf8')}`.slice(-4_000)));
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      process.off('exit', kill);
      resolve(code);
    });
  });
  return { child, said: () => said, ended };
}

/** Runs a program to its end; rejects with what it said where it fails. */
export async function runProgram(path: string, args: readonly string[], cwd: string): Promise<void> {
  const program = startProgram(path, args, cwd);
  if ((await program.ended) !== 0) throw new Error(`${path} failed: ${program.said()}`);
}
