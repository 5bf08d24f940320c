import { median } from '../report/percentile';
import type { Row } from '../report/table';
import { cpuTimeMs } from './cpu-time';
import type { FunctionCode } from './function-code';
import { loadFunction } from './load-function';
import { playEvents } from './play-events';
import { userEvents } from './user-events';

const LOADS = 100;

export interface Loading {
  readonly row: Row;
  readonly loadMs: number;
}

/** The CPU time of a new instance: to load, and for its first event, when nothing is compiled yet. */
export async function measureLoading({ name, code }: FunctionCode): Promise<Loading> {
  const loads: number[] = [];
  const firsts: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const loaded = loadFunction(code);
    loads.push(loaded.loadMs);
    const start = cpuTimeMs();
    await playEvents(loaded, userEvents(1), 'single');
    firsts.push(cpuTimeMs() - start);
  }
  const loadMs = median(loads);
  return {
    loadMs,
    row: { file: name, KB: Buffer.byteLength(code) / 1024, 'load ms': loadMs, 'first event ms': median(firsts) },
  };
}
