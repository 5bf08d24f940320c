import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatNumber, formatRatio, formatShare } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { toHash } from '../../route/route';
import { SampleCheck } from './sample-check';

type Sample = Usage['sampled'][number];

/** Who is in the sample, and what a smaller one would cost. */
export function Sampling({ usage }: { readonly usage: Usage }): JSX.Element {
  const { sampleUsers, sampled, trackedUsers, destination } = usage;
  const columns: readonly Column<Sample>[] = [
    { header: 'sampleUsers', cell: ({ percent }) => `${percent} %` },
    { header: 'Users this month', isNumber: true, cell: (one) => formatNumber(one.trackedUsers) },
    { header: 'Share', isNumber: true, cell: (one) => formatShare(one.trackedUsers, trackedUsers) },
  ];
  const smaller = sampled.filter(({ percent }) => percent < sampleUsers);
  return (
    <>
      {sampleUsers >= 100 ? (
        <p>
          Everybody is in: <code>sampleUsers</code> is 100 %. UserLeap allows you to track a part of your users.
        </p>
      ) : (
        <p>
          <strong>{formatRatio(sampleUsers)} %</strong> of all users are in. The others are out for good: a hash of the
          user id decides. Their events end as{' '}
          <a href={toHash({ page: 'events', filter: { destination, state: 'filtered', reason: 'not_sampled' } })}>
            filtered (not_sampled)
          </a>
          . A Delete always goes through.
        </p>
      )}
      <SampleCheck sampleUsers={sampleUsers} />
      {trackedUsers > 0 && smaller.length > 0 && (
        <DataTable
          caption="How many users a smaller sample would have"
          columns={columns}
          rows={smaller}
          keyOf={({ percent }) => percent}
        />
      )}
    </>
  );
}
