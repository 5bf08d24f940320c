import type { JSX } from 'preact';
import type { LaneRecord } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { Countdown } from '../../parts/countdown';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Since } from '../../parts/since';
import { UserLink } from '../../parts/user-link';

const WAITS_FOR = {
  budget: 'its turn in the budget',
  retry: 'another try',
  pause: 'its destination, which is paused',
  identify: 'an Identify: UserLeap does not know the user',
  answer: "UserLeap's answer",
} as const satisfies Record<LaneRecord['waitsFor'], string>;

const COLUMNS: readonly Column<LaneRecord>[] = [
  { header: 'User', cell: ({ userId }) => <UserLink userId={userId} /> },
  { header: 'Events', isNumber: true, cell: ({ pending }) => formatNumber(pending) },
  { header: 'Waits for', cell: ({ waitsFor }) => WAITS_FOR[waitsFor] },
  { header: 'Next try', cell: ({ dueAt, waitsFor }) => renderNextTry(dueAt, waitsFor) },
  { header: 'Attempts', isNumber: true, cell: ({ attempts }) => formatNumber(attempts) },
  { header: 'Longest wait', cell: ({ oldestAt }) => <Since at={oldestAt} /> },
  {
    header: 'Destination',
    cell: ({ destination }) => (
      <span class="clip" title={destination}>
        {destination}
      </span>
    ),
  },
];

function renderNextTry(dueAt: LaneRecord['dueAt'], waitsFor: LaneRecord['waitsFor']): JSX.Element | string {
  if (dueAt !== null) return <Countdown at={dueAt} />;
  return waitsFor === 'answer' ? '–' : 'ready';
}

/** Waiting users, one a row. */
export function LaneList({ lanes }: { readonly lanes: readonly LaneRecord[] }): JSX.Element {
  return (
    <DataTable
      caption="Users that something waits for, oldest first"
      columns={COLUMNS}
      rows={lanes}
      keyOf={({ destination, userId }) => JSON.stringify([destination, userId])}
    />
  );
}
