import type { JSX } from 'preact';
import type { EffectiveSettings } from '../../api/admin-api';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';

type Variable = EffectiveSettings['variables'][number];

const COLUMNS: readonly Column<Variable>[] = [
  { header: 'Name', cell: ({ name }) => <code>{name}</code> },
  {
    header: 'Value',
    cell: ({ value }) => (value === null ? <span class="quiet">not set</span> : <code>{value}</code>),
  },
  { header: 'From', cell: ({ isDefault }) => (isDefault ? <span class="quiet">default</span> : 'environment') },
];

/** The relay's own variables. */
export function VariableTable({ variables }: { readonly variables: readonly Variable[] }): JSX.Element {
  return <DataTable caption="The relay's variables" columns={COLUMNS} rows={variables} keyOf={({ name }) => name} />;
}
