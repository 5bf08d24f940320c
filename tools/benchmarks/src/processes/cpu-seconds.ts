import { readFileSync } from 'node:fs';

// Linux counts a process' time in these, on every machine.
const TICKS_PER_SECOND = 100;

/** CPU time of a process so far, all its threads. Reads `/proc`. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: utime and stime are the 14th and 15th field, the name is the second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
