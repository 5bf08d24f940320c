import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHost, FunctionHostOptions, Verdict } from '@segment-userleap/segment-runtime';
import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import { batchesBefore } from './batches-before';
import { fetchOnKeptConnections } from './fetch-on-kept-connections';
import { settingsOf } from './scripted-sandbox';
import type { Vector } from './vector';

const BUNDLE = join(__dirname, '../../../dist/segment-function');

/** What is played: a vector without expectations. */
export type Playable = Pick<
  Vector,
  'now' | 'settings' | 'hold' | 'monthlyUsers' | 'door' | 'earlier' | 'before' | 'events' | 'replies'
>;

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

/** The built file in the runtime that stands for Segment's, loaded once; it may be called again and again, as a warm instance is. */
export class WarmFunction {
  readonly #host: FunctionHost;
  #now = 0;
  #lines = 0;

  constructor(private readonly form: FunctionForm) {
    const { file, loader, eventRealm } = form;
    const replace = { fetch: fetchOnKeptConnections };
    this.#host = createFunctionHost({ code: readBundle(file), loader, eventRealm, now: () => this.#now, replace });
  }

  /** Nothing else may go to the sandbox meanwhile. What the function has learnt of users before does not count here. */
  async play(vector: Playable, sandbox: Sandbox): Promise<PlayedOnFunction> {
    // Which users UserLeap knows.
    this.#host.emptyCache();
    const settings = settingsOf(vector, sandbox);
    for (const batch of batchesBefore(vector)) {
      this.#now = Date.parse(batch.now);
      await this.#host.deliverBatch(batch.events, settings);
    }
    const earlier = sandbox.requests().length;
    this.#lines = this.#host.consoleOutput().length;
    const verdicts =
      this.form.calls === 'batch'
        ? await this.#host.deliverBatch(vector.events, settings)
        : await inTurn(vector.events, (event) => this.#host.deliver(event, settings));
    const lines = this.#host.consoleOutput();
    const written = lines.slice(this.#lines);
    this.#lines = lines.length;
    return { verdicts, requests: sandbox.requests().slice(earlier), console: written };
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
