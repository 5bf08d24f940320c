import type { JSX } from 'preact';
import type { EventName, NameSettings } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Since } from '../../parts/since';
import { MarkButton } from './mark-button';
import { NameBadges } from './name-badges';
import { denyLines } from '../../format/setting-lines';

interface Props {
  readonly names: readonly EventName[];
  readonly settings: NameSettings;
  mark(name: string, setUp: boolean): Promise<unknown>;
  onDeny(name: string): void;
}

/** Names that were sent, one a row. */
export function NameList({ names, settings, mark, onDeny }: Props): JSX.Element {
  const columns: readonly Column<EventName>[] = [
    { header: 'Name', cell: ({ name }) => <code class="long">{name}</code> },
    { header: 'State', cell: (one) => <NameBadges {...one} /> },
    { header: 'Taken', isNumber: true, cell: ({ taken }) => formatNumber(taken) },
    {
      header: 'Refused',
      isNumber: true,
      cell: ({ refused, isRefused }) => <span class={isRefused ? 'bad' : undefined}>{formatNumber(refused)}</span>,
    },
    { header: 'First, ago', cell: ({ firstAt }) => <Since at={firstAt} /> },
    { header: 'Last, ago', cell: ({ lastAt }) => <Since at={lastAt} /> },
    {
      header: 'Action',
      cell: ({ name, setUpAt }) => (
        <span class="row-buttons">
          <MarkButton name={name} isSetUp={setUpAt !== null} mark={mark} />
          {denyLines(name, settings) && (
            <button type="button" onClick={() => onDeny(name)}>
              Leave out…<span class="only-read"> {name}</span>
            </button>
          )}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="Names that were sent to UserLeap, those to be set up first"
      columns={columns}
      rows={names}
      keyOf={({ name }) => name}
    />
  );
}
