import type { Fault } from '@segment-userleap/userleap-sandbox';
import { POISON } from './crash-event';
import type { SeededRandom } from '@segment-userleap/relay-driver';

/** One event alone is bad, for good. */
export const REFUSE_POISON: Fault = {
  match: { event: POISON },
  times: Number.MAX_SAFE_INTEGER,
  status: 400,
  body: { error: 'no such event' },
};

const KINDS: readonly [string, ...string[]] = ['503', 'hang', 'reset', '429', '401'];

/** Answers that take so long that many requests are always in flight. */
export const SLOW: Fault = { delayMs: 300, times: Number.MAX_SAFE_INTEGER };

/** Bad times, good times in between: one fault holds until it was met so often, then the next. */
export function drawFaults(random: SeededRandom): readonly Fault[] {
  const spells = Array.from({ length: random.between(2, 4) }, () => [
    { ...SLOW, times: random.between(2, 25) },
    drawFault(random),
  ]);
  return [...spells.flat(), SLOW];
}

function drawFault(random: SeededRandom): Fault {
  switch (random.pick(KINDS)) {
    case '503':
      return { status: 503, times: random.between(1, 7) };
    case 'hang':
      return { hang: true, times: random.between(1, 3) };
    case 'reset':
      return { reset: 'before', times: random.between(1, 5) };
    case '429':
      return { status: 429, headers: { 'retry-after': '1' }, times: random.between(1, 2) };
    default:
      return { status: 401, times: random.between(1, 2) };
  }
}
