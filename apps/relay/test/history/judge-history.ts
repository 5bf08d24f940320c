import type { History } from './arbitrary-history';
import { judgeEndings } from './judge-endings';
import { judgeLimit } from './judge-limit';
import { judgeOrder } from './judge-order';
import type { Played } from './play-history';

/**
 * Every promise that was broken: nothing is lost, nothing is out of order, nothing goes over the limit, all ends or waits for
 * a reason that holds, and what can be sent is sent within a second.
 */
export function judgeHistory(history: History, played: Played): readonly string[] {
  return [
    ...played.failures.map((failure) => `failed: ${String(failure)}`),
    ...played.standstills,
    ...judgeLimit(history, played),
    ...judgeOrder(played),
    ...judgeEndings(history, played),
  ];
}
