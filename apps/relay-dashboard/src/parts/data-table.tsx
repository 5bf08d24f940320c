import type { ComponentChildren, JSX } from 'preact';

export interface Column<Row> {
  readonly header: string;
  readonly isNumber?: boolean;
  cell(row: Row): ComponentChildren;
}

interface Props<Row> {
  /** Says what the table holds; read out, not shown. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string | number;
}

/** A table, and on narrow screens a list of cards. The roles are spelled out as the style takes them away there. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: Props<Row>): JSX.Element {
  return (
    <table class="data-table" role="table">
      <caption class="only-read">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ header, isNumber }) => (
            <th key={header} role="columnheader" scope="col" class={isNumber ? 'number' : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column, index) => renderCell(column, row, index === 0))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function renderCell<Row>({ header, isNumber, cell }: Column<Row>, row: Row, isFirst: boolean): JSX.Element {
  const shared = { key: header, 'data-label': header, class: isNumber ? 'number' : undefined };
  return isFirst ? (
    <th {...shared} role="rowheader" scope="row">
      <div>{cell(row)}</div>
    </th>
  ) : (
    <td {...shared} role="cell">
      <div>{cell(row)}</div>
    </td>
  );
}
