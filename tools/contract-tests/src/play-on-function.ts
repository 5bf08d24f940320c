import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHostOptions, Verdict } from '@segment-userleap/segment-runtime';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { settingsOf, startScriptedSandbox } from './scripted-sandbox';
import type { Vector } from './vector';

const BUNDLE = join(__dirname, '../../../dist/segment-function');

/** A way in which Segment may run the built file. */
export interface FunctionForm {
  readonly file: 'userleap.js' | 'userleap.min.js';
  readonly loader: FunctionHostOptions['loader'];
  readonly eventRealm: 'inside' | 'outside';
  /** One call of `onBatch`, or one call of its handler for every event. */
  readonly calls: 'batch' | 'single';
}

export interface PlayedOnFunction {
  readonly requests: readonly RecordedRequest[];
  readonly verdicts: readonly Verdict[];
  readonly console: readonly string[];
}

/** Plays a vector on the built file, in the runtime that stands for Segment's. */
export async function playOnFunction(
  vector: Pick<Vector, 'now' | 'settings' | 'before' | 'events' | 'replies'>,
  { file, loader, eventRealm, calls }: FunctionForm,
): Promise<PlayedOnFunction> {
  const sandbox = await startScriptedSandbox(vector);
  try {
    const now = Date.parse(vector.now);
    const host = createFunctionHost({ code: readBundle(file), loader, eventRealm, now: () => now });
    const settings = settingsOf(vector, sandbox);
    await host.deliverBatch(vector.before ?? [], settings);
    const [earlierRequests, earlierLines] = [sandbox.requests().length, host.consoleOutput().length];
    const verdicts =
      calls === 'batch'
        ? await host.deliverBatch(vector.events, settings)
        : await inTurn(vector.events, (event) => host.deliver(event, settings));
    return {
      verdicts,
      requests: sandbox.requests().slice(earlierRequests),
      console: host.consoleOutput().slice(earlierLines),
    };
  } finally {
    await sandbox.close();
  }
}

const bundles = new Map<string, string>();

/** The text of a built file. */
export function readBundle(file: FunctionForm['file']): string {
  const code = bundles.get(file) ?? readFileSync(join(BUNDLE, file), 'utf8');
  bundles.set(file, code);
  return code;
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
