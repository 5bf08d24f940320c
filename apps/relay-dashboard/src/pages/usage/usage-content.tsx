import type { JSX } from 'preact';
import type { NameSettings, Usage } from '../../api/admin-api';
import { DaysTable } from './days-table';
import { LimitNotice } from './limit-notice';
import { MonthsTable } from './months-table';
import { Sampling } from './sampling';
import { SavedFigures } from './saved-figures';
import { SentPlot } from './sent-plot';
import { TopEvents } from './top-events';
import { TopUsers } from './top-users';
import { UsageFigures } from './usage-figures';
import { UsersPlot } from './users-plot';

interface Props {
  readonly usage: Usage;
  readonly settings: NameSettings | undefined;
  readonly goesOn: boolean;
}

/** A month of one destination. */
export function UsageContent({ usage, settings, goesOn }: Props): JSX.Element {
  const { days, months, topEvents, topUsers } = usage;
  return (
    <>
      {goesOn && <LimitNotice usage={usage} />}
      <section aria-labelledby="month">
        <h2 id="month" class="only-read">
          In numbers
        </h2>
        <UsageFigures usage={usage} goesOn={goesOn} />
      </section>
      {days.length === 0 ? (
        <p class="notice">Nothing was sent in this month.</p>
      ) : (
        <>
          <section aria-labelledby="users">
            <h2 id="users">Users so far</h2>
            <UsersPlot usage={usage} />
          </section>
          <section aria-labelledby="sent">
            <h2 id="sent">Sent by day</h2>
            <SentPlot days={days} />
            <DaysTable days={days} />
          </section>
        </>
      )}
      {months.length > 0 && (
        <section aria-labelledby="months">
          <h2 id="months">Months</h2>
          <MonthsTable {...usage} />
        </section>
      )}
      {topEvents.length + topUsers.length > 0 && (
        <section aria-labelledby="bill">
          <h2 id="bill">What makes the bill</h2>
          <div class="columns">
            {topEvents.length > 0 && <TopEvents usage={usage} settings={settings} />}
            {topUsers.length > 0 && <TopUsers {...usage} />}
          </div>
        </section>
      )}
      <section aria-labelledby="sampling">
        <h2 id="sampling">Who is sampled</h2>
        <Sampling usage={usage} />
      </section>
      <section aria-labelledby="saved">
        <h2 id="saved">Events that were not sent</h2>
        <SavedFigures {...usage} />
      </section>
    </>
  );
}
