import { parseRateLimit } from '../../src/config/parse-rate-limit';
import type { History } from './arbitrary-history';
import type { Played } from './play-history';

/**
 * Where more requests were sent than the limit lets. A request counts from when it was sent until a window after its answer, as
 * UserLeap may have counted it at any time between. After a restart under a clock that was set, the times in the store say nothing
 * (docs/delivery.md): what was sent before is not counted then.
 */
export function judgeLimit({ rateLimit }: History, { model, marks }: Played): readonly string[] {
  const limit = parseRateLimit(rateLimit);
  if (!limit) throw new Error('the sample rate limit is not valid');
  const forgottenAt = marks.flatMap((mark) => (mark.kind === 'kill' && mark.wasSetBy !== 0 ? [mark.after] : []));
  return model.met.flatMap(({ sentAt }, index) => {
    const first = Math.max(0, ...forgottenAt.filter((after) => after <= index));
    const counting = model.met.slice(first, index + 1).filter(({ answeredAt }) => answeredAt + limit.windowMs > sentAt);
    if (counting.length <= limit.requests) return [];
    return [`request ${index}, ${sentAt} ms: ${counting.length} requests count, the limit is ${rateLimit}`];
  });
}
