import { cpuTimeMs } from '../function/cpu-time';
import { loadFunction } from '../function/load-function';
import { pageCalls, pageRules } from './page-calls';

const SETTINGS = { apiKey: 'benchmark-key', endpoint: 'https://userleap.example', unknownUsers: 'create' };

/** CPU time, milliseconds, of a new Function's first batch: 400 Pages of 100 users, with a hundred rules or none. */
export async function measureFunctionBatch(code: string, urlLength: number, withRules: boolean): Promise<number> {
  const { handlers } = loadFunction(code);
  const events = pageCalls(400, urlLength, 100);
  const settings = { ...SETTINGS, pageUrlEvents: withRules ? pageRules() : {} };
  const start = cpuTimeMs();
  const results = await handlers.onBatch(events, settings);
  const cpuMs = cpuTimeMs() - start;
  if (results.some(({ status }) => status !== 200)) throw new Error('an event was not delivered');
  return cpuMs;
}
