/** CPU time of this process so far, all its threads, milliseconds: what else the machine does does not count. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
