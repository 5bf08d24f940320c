import type { FunctionHost, Verdict } from '@segment-userleap/segment-runtime';
import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import type { MixedEvent } from './mixed-batch';

/** One call of `onBatch`: what it was given, by position in the first batch, and what it came to. */
export interface Round {
  readonly positions: readonly number[];
  readonly verdicts: readonly Verdict[];
  readonly requests: readonly RecordedRequest[];
}

const MAX_ROUNDS = 30;

/** Gives a batch to the Function, and again, as Segment does, what of it is to be retried, until nothing is. */
export async function playUntilSettled(
  host: FunctionHost,
  sandbox: Sandbox,
  settings: object,
  batch: readonly MixedEvent[],
  recover: () => Promise<void>,
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  let positions: readonly number[] = batch.map((_, at) => at);
  while (positions.length > 0) {
    if (rounds.length === MAX_ROUNDS)
      throw new Error(`not settled after ${MAX_ROUNDS} rounds: ${positions.join(', ')}`);
    if (rounds.length > 0) await recover();
    const before = sandbox.requests().length;
    const events = positions.flatMap((at) => batch[at]?.event ?? []);
    const verdicts = await host.deliverBatch(events, settings);
    rounds.push({ positions, verdicts, requests: sandbox.requests().slice(before) });
    positions = positions.filter((_, index) => verdicts[index]?.verdict === 'retried');
  }
  return rounds;
}
