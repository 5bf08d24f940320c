import type { JSX } from 'preact';
import type { HeldBackName, NameSettings } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Since } from '../../parts/since';
import { letThroughLines } from '../../format/setting-lines';

interface Props {
  readonly names: readonly HeldBackName[];
  readonly settings: NameSettings;
  onLetThrough(name: HeldBackName): void;
}

const WHY = {
  event_denied: 'in denyEvents',
  event_not_allowed: 'not in allowEvents',
} as const satisfies Record<HeldBackName['reason'], string>;

/** Names that settings leave out, one a row. */
export function HeldBackList({ names, settings, onLetThrough }: Props): JSX.Element {
  const columns: readonly Column<HeldBackName>[] = [
    { header: 'Name', cell: ({ name }) => <code class="long">{name}</code> },
    { header: 'Why', cell: ({ reason }) => <span class="nowrap">{WHY[reason]}</span> },
    { header: 'Events', isNumber: true, cell: ({ events }) => formatNumber(events) },
    { header: 'First, ago', cell: ({ firstAt }) => <Since at={firstAt} /> },
    { header: 'Last, ago', cell: ({ lastAt }) => <Since at={lastAt} /> },
    {
      header: 'Action',
      cell: (one) =>
        letThroughLines(one, settings) ? (
          <button type="button" onClick={() => onLetThrough(one)}>
            Send it…<span class="only-read"> {one.name}</span>
          </button>
        ) : (
          <span class="quiet">sent by now</span>
        ),
    },
  ];
  return (
    <DataTable
      caption="Names that Segment sends and a setting leaves out, most events first"
      columns={columns}
      rows={names}
      keyOf={({ name, reason }) => JSON.stringify([name, reason])}
    />
  );
}
