import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadPlan, LoadResult } from './load-plan';

/** Runs a plan in a process of its own. Rejects when a request failed. */
export function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = fork(join(__dirname, 'load-generator.js'));
  return new Promise((resolve, reject) => {
    child.once('message', (result: LoadResult) => resolve(result));
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code ?? 'a signal'}`)));
    child.send(plan);
  });
}
