import { API_KEY } from '@segment-userleap/relay-driver';
import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHost, Verdict } from '@segment-userleap/segment-runtime';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { readBundle } from '../play-on-function';
import { REFUSED_EVENT } from './arbitrary-sequence';
import type { Sequence } from './arbitrary-sequence';
import { endState } from './end-state';
import type { EndState } from './end-state';
import { batchesOf, GRACE_SECONDS, playInTurns, TURNS_BEGIN_AT } from './play-in-turns';
import type { Fate } from './play-in-turns';

/** The built file, loaded once, and one UserLeap, for one sequence after the other. */
export class SequencesOnFunction {
  readonly #host: FunctionHost;
  #now = TURNS_BEGIN_AT;

  private constructor(private readonly sandbox: Sandbox) {
    this.#host = createFunctionHost({ code: readBundle('userleap.min.js'), loader: 'wrapper', now: () => this.#now });
  }

  static async start(): Promise<SequencesOnFunction> {
    const rateLimit = { requests: 1_000_000, windowMs: 1_000 };
    return new SequencesOnFunction(await startSandbox({ applyDelayMs: 0, rateLimit }));
  }

  /** The end of the calls in batches of `onBatch`; an item that comes again comes before what is later. */
  async play(sequence: Sequence): Promise<EndState> {
    // Else what waits for its user would soon have waited long enough.
    this.#now = TURNS_BEGIN_AT;
    this.sandbox.clear();
    this.#host.emptyCache();
    for (const { at, status } of sequence.failures) this.sandbox.addFault({ skip: at, status });
    this.sandbox.addFault({ match: { event: REFUSED_EVENT }, status: 400, times: Number.MAX_SAFE_INTEGER });
    const settings = { apiKey: API_KEY, endpoint: this.sandbox.url, unknownUserGraceSeconds: String(GRACE_SECONDS) };
    await playInTurns(batchesOf(sequence), {
      deliver: async (events) => (await this.#host.deliverBatch(events, settings)).map(fateOf),
      passTime: async (milliseconds) => void (this.#now += milliseconds),
    });
    return endState(this.sandbox.users());
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }
}

function fateOf(verdict: Verdict): Fate {
  if (verdict.verdict !== 'retried') return 'ended';
  return verdict.message?.endsWith('(unknown_user)') ? 'waits_for_user' : 'waits';
}
