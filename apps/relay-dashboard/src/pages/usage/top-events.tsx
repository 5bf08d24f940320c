import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NameSettings, Usage } from '../../api/admin-api';
import { formatNumber, formatShare } from '../../format/format-number';
import { denyLines } from '../../format/setting-lines';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { SettingDialog } from '../../parts/setting-dialog';

interface Props {
  readonly usage: Pick<Usage, 'topEvents' | 'events'>;
  /** Undefined: not known yet. */
  readonly settings: NameSettings | undefined;
}

type TopEvent = Usage['topEvents'][number];

/** Names of events that are sent most, each with the line that leaves it out. */
export function TopEvents({ usage: { topEvents, events: all }, settings }: Props): JSX.Element {
  const [denied, setDenied] = useState<string>();
  const lines = denied === undefined || !settings ? undefined : denyLines(denied, settings);
  const columns: readonly Column<TopEvent>[] = [
    { header: 'Name', cell: ({ event }) => <code class="long">{event}</code> },
    { header: 'Events, about', isNumber: true, cell: ({ events }) => formatNumber(events) },
    { header: 'Share', isNumber: true, cell: ({ events }) => formatShare(events, all) },
    {
      header: 'Action',
      cell: ({ event }) =>
        settings && denyLines(event, settings) ? (
          <button type="button" onClick={() => setDenied(event)}>
            Leave out…<span class="only-read"> {event}</span>
          </button>
        ) : (
          <span class="quiet">{settings?.pageEvents.includes(event) ? 'from Pages' : '–'}</span>
        ),
    },
  ];
  return (
    <>
      {lines && (
        <SettingDialog title="Leave a name out" lines={lines} onClose={() => setDenied(undefined)}>
          With this, <strong class="long">{denied}</strong> is not sent any more.
        </SettingDialog>
      )}
      <DataTable
        caption="Names of events that are sent most"
        columns={columns}
        rows={topEvents}
        keyOf={({ event }) => event}
      />
    </>
  );
}
