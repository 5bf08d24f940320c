import { until } from '@segment-userleap/relay-driver';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

// Linux counts a process' time in these, on every machine.
const TICKS_PER_SECOND = 100;
const LOOK_MS = 500;
const AT_REST_SECONDS = 0.02;

/** CPU time of a process so far, all its threads. Reads `/proc`. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: utime and stime are the 14th and 15th field, the name is the second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resolves when a process has nothing to do any more: what it takes in half a second is no work. */
export async function untilAtRest(pid: number): Promise<void> {
  await until(`process ${pid} to rest`, async () => {
    const before = cpuSecondsOf(pid);
    await pause(LOOK_MS);
    return cpuSecondsOf(pid) - before <= AT_REST_SECONDS || undefined;
  });
}
