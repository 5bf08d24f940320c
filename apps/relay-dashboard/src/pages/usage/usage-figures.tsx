import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { Figure } from '../../parts/figure';
import { limitState } from './limit-state';

interface Props {
  readonly usage: Usage;
  /** The month goes on. */
  readonly goesOn: boolean;
}

/** A month in numbers. */
export function UsageFigures({ usage, goesOn }: Props): JSX.Element {
  const { trackedUsers, limit, forecast, billedUsers, events, attributes } = usage;
  const isOver = limitState(usage) === 'reached';
  return (
    <div class="stack">
      <dl class="figures">
        <Figure label={limit === null ? 'Tracked users' : `Tracked users of ${formatNumber(limit)}`}>
          <span class={isOver ? 'bad' : undefined}>{formatNumber(trackedUsers)}</span>
        </Figure>
        {goesOn && <Figure label="Forecast for the month">{formatNumber(forecast.trackedUsers)}</Figure>}
        <Figure label="Billed by the older rule">{formatNumber(billedUsers)}</Figure>
        <Figure label="Events sent">{formatNumber(events)}</Figure>
        <Figure label="Attributes sent">{formatNumber(attributes)}</Figure>
      </dl>
      {limit !== null && limit > 0 && (
        <meter
          class="wide"
          aria-label={`${formatNumber(trackedUsers)} of ${formatNumber(limit)} users`}
          min={0}
          max={limit}
          low={limit * 0.8}
          high={Math.max(limit * 0.8, limit - 1)}
          optimum={0}
          value={trackedUsers}
        />
      )}
      {goesOn && trackedUsers > 0 && <p class="hint">Forecast: {forecast.method}</p>}
      <p class="hint">
        A user counts once in a calendar month (UTC). By the older rule, a hundred events and attributes cost as much as
        a user, where that is more{goesOn && trackedUsers > 0 && `: ${formatNumber(forecast.billedUsers)} are expected`}
        .
        {limit === null && (
          <>
            {' '}
            No limit is set (<code>USERLEAP_MONTHLY_USERS</code>).
          </>
        )}
      </p>
    </div>
  );
}
