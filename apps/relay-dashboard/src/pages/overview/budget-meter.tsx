import type { JSX } from 'preact';
import type { DestinationRecord } from '../../api/admin-api';
import { formatDuration } from '../../format/format-duration';
import { formatCount, formatNumber } from '../../format/format-number';
import { Until } from '../../parts/until';

/** How much of a destination's rate limit is in use. */
export function BudgetMeter({ name, budget }: Pick<DestinationRecord, 'name' | 'budget'>): JSX.Element {
  const { requests, used, windowSeconds, blockedUntil } = budget;
  return (
    <>
      <meter aria-label={`Budget used by ${name}`} min={0} max={requests} value={used} high={requests * 0.9} />
      <span>
        {formatNumber(used)} of {formatCount(requests, 'request')} in {formatDuration(windowSeconds * 1_000)}
      </span>
      {blockedUntil !== null && (
        <span class="warn">
          UserLeap asked to wait until <Until at={blockedUntil} />
        </span>
      )}
    </>
  );
}
