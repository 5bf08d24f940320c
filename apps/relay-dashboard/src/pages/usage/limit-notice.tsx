import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatCount, formatNumber } from '../../format/format-number';
import { toHash } from '../../route/route';
import { limitState } from './limit-state';

/** That a month is near its limit, or at it, and what that means. */
export function LimitNotice({ usage }: { readonly usage: Usage }): JSX.Element | null {
  const { destination, limit, overLimit, forecast } = usage;
  switch (limitState(usage)) {
    case 'none':
    case 'fine':
      return null;
    case 'near':
      return (
        <p class="notice notice-near">
          <strong>More than 80 % of the limit is used.</strong> At the limit, the relay sends nothing for further users
          until next month.
        </p>
      );
    case 'forecast':
      return (
        <p class="notice notice-near">
          <strong>This month will reach its limit.</strong> The forecast is {formatNumber(forecast.trackedUsers)} users,
          the limit {formatNumber(limit ?? 0)}. Raise <code>monthlyUsers</code>, or send for fewer users.
        </p>
      );
    case 'reached':
      return (
        <p class="notice notice-problem">
          <strong>The limit is reached.</strong> The relay still sends for users who count in this month.{' '}
          {overLimit > 0 && (
            <>
              <a href={toHash({ page: 'events', filter: { destination, state: 'rejected', reason: 'monthly_limit' } })}>
                {formatCount(overLimit, 'event')}
              </a>{' '}
              of other users {overLimit === 1 ? 'is a dead letter' : 'are dead letters'}. Raise{' '}
              <code>monthlyUsers</code> or wait for next month, then replay them.
            </>
          )}
        </p>
      );
  }
}
