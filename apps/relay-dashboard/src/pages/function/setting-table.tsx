import type { JSX } from 'preact';
import type { FunctionSetting } from '../../api/function-setting';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';

const COLUMNS: readonly Column<FunctionSetting>[] = [
  { header: 'Name', cell: ({ name }) => <code>{name}</code> },
  { header: 'Label', cell: ({ label }) => label },
  { header: 'Type', cell: ({ type }) => <code>{type}</code> },
  { header: 'Required', cell: ({ required }) => (required ? 'yes' : 'no') },
  { header: 'Sensitive', cell: ({ sensitive }) => (sensitive ? 'yes' : 'no') },
  { header: 'Description', cell: ({ description }) => description },
];

/** The settings as Segment's editor asks for them. */
export function SettingTable({ settings }: { readonly settings: readonly FunctionSetting[] }): JSX.Element {
  return <DataTable caption="Settings of the function" columns={COLUMNS} rows={settings} keyOf={({ name }) => name} />;
}
