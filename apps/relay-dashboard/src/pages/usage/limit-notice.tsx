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
          <strong>More than 80 % of the limit are used.</strong> At the limit, nothing is sent for further users until
          next month.
        </p>
      );
    case 'forecast':
      return (
        <p class="notice notice-near">
          <strong>The month will pass its limit.</strong> It is expected to come to{' '}
          {formatNumber(forecast.trackedUsers)} users of {formatNumber(limit ?? 0)}. Raise <code>monthlyUsers</code>, or
          send less: see what makes the bill.
        </p>
      );
    case 'reached':
      return (
        <p class="notice notice-problem">
          <strong>The limit is reached.</strong> What is sent goes to users who count in this month already.{' '}
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
