import { cpuTimeMs } from './cpu-time';
import { loadFunction } from './load-function';
import { playEvents } from './play-events';
import type { CallSize } from './play-events';
import { userEvents } from './user-events';

const EVENTS = userEvents(4_000);

export interface CallCosts {
  readonly cpuMsPerEvent: number;
  readonly requests: number;
}

/** What events cost on a warm instance: one that has taken the same before. */
export async function measureCalls(code: string, size: CallSize): Promise<CallCosts> {
  const loaded = loadFunction(code);
  await playEvents(loaded, EVENTS, size);
  const before = loaded.requests();
  const start = cpuTimeMs();
  await playEvents(loaded, EVENTS, size);
  const cpuMs = cpuTimeMs() - start;
  return { cpuMsPerEvent: cpuMs / EVENTS.length, requests: loaded.requests() - before };
}
