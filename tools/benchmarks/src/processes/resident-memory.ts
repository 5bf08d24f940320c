import { readFileSync } from 'node:fs';

/** Megabytes (10⁶ bytes) that a process holds in memory, now and at most so far. Linux only. */
export function residentMemory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { now: readMegabytes(status, 'VmRSS'), peak: readMegabytes(status, 'VmHWM') };
}

function readMegabytes(status: string, field: string): number {
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
