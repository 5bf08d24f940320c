import type { JSX } from 'preact';
import type { Overview } from '../../api/admin-api';
import { formatNumber, formatRatio } from '../../format/format-number';
import { Since } from '../../parts/since';
import { toHash } from '../../route/route';
import { Figure } from '../../parts/figure';
import { eventsPerRequest, totalOf } from './flow-totals';

/** How the relay is doing, in numbers. */
export function Figures({ overview }: { readonly overview: Overview }): JSX.Element {
  const totals = totalOf(overview.minutes);
  const ratio = eventsPerRequest(totals);
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" class="only-read">
        In numbers
      </h2>
      <dl class="figures">
        <Figure label="Events waiting">
          <a href={toHash({ page: 'waiting', filter: {} })}>{formatNumber(overview.pending)}</a>
        </Figure>
        {overview.held > 0 && (
          <Figure label="Events held">
            <a href={toHash({ page: 'events', filter: { state: 'held' } })}>{formatNumber(overview.held)}</a>
          </Figure>
        )}
        <Figure label="Longest wait">
          {overview.oldestPendingAt === null ? 'none' : <Since at={overview.oldestPendingAt} />}
        </Figure>
        <Figure label="Dead letters">
          <a href={toHash({ page: 'dead-letters' })}>{formatNumber(overview.deadLetters)}</a>
        </Figure>
        <Figure label="Delivered, last hour">{formatNumber(totals.delivered)}</Figure>
        <Figure label="Requests, last hour">{formatNumber(totals.requests)}</Figure>
        <Figure label="Events per request, look-ups count">{ratio === null ? 'none' : formatRatio(ratio)}</Figure>
      </dl>
    </section>
  );
}
