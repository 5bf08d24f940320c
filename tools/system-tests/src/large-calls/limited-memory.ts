import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const V1 = '/sys/fs/cgroup/memory';
const V2 = '/sys/fs/cgroup';

/** Memory that no process in it can exceed: the kernel ends it then, as it does in a container. */
export interface LimitedMemory {
  /** Starts a command in it. */
  readonly launcher: readonly string[];
  remove(): void;
}

/** Undefined where no such limit can be set: it takes Linux and, as a rule, root. */
export function limitMemory(bytes: number): LimitedMemory | undefined {
  const isV1 = existsSync(join(V1, 'memory.limit_in_bytes'));
  const group = join(isV1 ? V1 : V2, `large-calls-${process.pid}`);
  try {
    mkdirSync(group);
    writeFileSync(join(group, isV1 ? 'memory.limit_in_bytes' : 'memory.max'), String(bytes));
  } catch {
    return undefined;
  }
  const script = `echo $$ > ${join(group, 'cgroup.procs')} && exec "$@"`;
  return { launcher: ['sh', '-c', script, 'sh'], remove: () => rmdirSync(group) };
}
