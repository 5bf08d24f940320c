import type { Verdict } from '@segment-userleap/segment-runtime';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import type { MixedEvent } from './mixed-batch';
import type { Round } from './play-until-settled';

/**
 * What is wrong with the results of one call, by position, against what UserLeap took during it; in words. `earlier`: the rounds
 * before it, for what UserLeap took without telling it in time.
 */
export function findWrongResults(
  batch: readonly MixedEvent[],
  { positions, verdicts, requests }: Round,
  earlier: readonly Round[] = [],
): string[] {
  const taken = requests.filter(isTaken);
  // Also what was not answered in time: UserLeap may have taken it.
  const sentBefore = earlier.flatMap((round) => round.requests);
  return positions.flatMap((at, index) => {
    const { event, fate, isIn } = batch[at] as MixedEvent;
    const verdict = verdicts[index] as Verdict;
    const times = taken.filter(isIn).length;
    // An Alias that was carried over already finds nothing that the new user lacks.
    const isCarriedOver = event.type === 'alias' && verdict.verdict === 'delivered' && sentBefore.some(isIn);
    const expected = expectedResult(fate, times);
    return verdict.verdict === expected || isCarriedOver || (fate === 'sent' && isUnconfirmed(verdict))
      ? []
      : [
          `${at} ${event.type} ${event.userId ?? ''}: taken ${times} times, expected ${expected}, got ${JSON.stringify(verdict)}`,
        ];
  });
}

/** Events that UserLeap did not take exactly once in the end, in words. */
export function findNotTakenOnce(batch: readonly MixedEvent[], rounds: readonly Round[]): string[] {
  const sent = rounds.flatMap(({ requests }) => requests);
  return batch.flatMap(({ event, fate, isIn }, at) => {
    const times = sent.filter(isTaken).filter(isIn).length;
    const isRepeated = rounds.some(({ positions, verdicts }) =>
      verdicts.some((verdict, index) => positions[index] === at && isUnconfirmed(verdict)),
    );
    // Taken, but answered to nobody: the Alias then finds at UserLeap what it was to carry over, and sends nothing.
    const isFound = event.type === 'alias' && times === 0 && sent.some(isIn);
    return times === (fate === 'sent' ? 1 : 0) || (fate === 'sent' && isRepeated && (times > 1 || isFound))
      ? []
      : [`${at} ${event.type} ${event.userId ?? ''}: taken ${times} times`];
  });
}

/** It may have been taken: nobody knows, and it is sent again. */
function isUnconfirmed(verdict: Verdict): boolean {
  return verdict.verdict === 'retried' && (verdict.message ?? '').endsWith('(timeout)');
}

/** 400 to a purge says that there is nobody to erase. */
export function isTaken({ path, status }: RecordedRequest): boolean {
  return (status >= 200 && status < 300) || (status === 400 && path === '/v2/purge/visitors');
}

type Result = Verdict['verdict'];

function expectedResult(fate: MixedEvent['fate'], times: number): Result {
  switch (fate) {
    case 'sent':
      return times > 0 ? 'delivered' : 'retried';
    case 'left out':
      return 'delivered';
    case 'discarded':
      return 'discarded';
  }
}
