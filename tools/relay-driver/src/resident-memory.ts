import { readFileSync } from 'node:fs';

/** Megabytes (10⁶ bytes) that a process holds in memory, now and at most so far; undefined where the system does not tell. */
export function residentMemory(pid: number): { readonly now: number; readonly peak: number } | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
  return { now: readMegabytes(status, 'VmRSS'), peak: readMegabytes(status, 'VmHWM') };
}

function readMegabytes(status: string, field: string): number {
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
