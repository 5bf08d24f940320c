import type { JSX } from 'preact';
import type { EffectiveSettings } from '../../api/admin-api';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';

type Destination = EffectiveSettings['destinations'][number];
type Setting = readonly [name: string, value: unknown];

const COLUMNS: readonly Column<Setting>[] = [
  { header: 'Name', cell: ([name]) => <code>{name}</code> },
  { header: 'Value', cell: ([, value]) => <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code> },
];

/** The mapping settings of a destination as they count, and who may send to it. */
export function DestinationSettings({ destination }: { readonly destination: Destination }): JSX.Element {
  const { name, writeKeys, sharedSecrets, rateLimit, settings } = destination;
  const rows: readonly Setting[] = [
    ['writeKeys', writeKeys],
    ['sharedSecrets', sharedSecrets],
    ['rateLimit', rateLimit],
    ...Object.entries(settings),
  ];
  const id = `destination-${name}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} class="long">
        Destination {name}
      </h2>
      <DataTable caption={`Settings of ${name}`} columns={COLUMNS} rows={rows} keyOf={([setting]) => setting} />
    </section>
  );
}
