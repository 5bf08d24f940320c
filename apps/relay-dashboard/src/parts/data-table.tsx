import type { ComponentChildren, JSX } from 'preact';

export interface Column<Row> {
  readonly header: string;
  readonly isNumber?: boolean;
  /** It says by itself what it is, where there is no room for headers. */
  readonly isPlain?: boolean;
  cell(row: Row): ComponentChildren;
}

interface Props<Row> {
  /** Says what the table holds; read out, not shown. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string | number;
  /** Rows can be picked. */
  readonly picking?: Picking | undefined;
}

/** Which rows are picked, by their keys. */
export interface Picking {
  readonly picked: ReadonlySet<string | number>;
  pick(keys: readonly (string | number)[], isPicked: boolean): void;
}

/** A table, and on narrow screens a list of cards. The roles are spelled out as the style takes them away there. */
export function DataTable<Row>({ caption, columns, rows, keyOf, picking }: Props<Row>): JSX.Element {
  return (
    <table class="data-table" role="table">
      <caption class="only-read">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {picking && (
            <th role="columnheader" scope="col" class="pick">
              <Pick label="Pick all rows" keys={rows.map(keyOf)} picking={picking} />
            </th>
          )}
          {columns.map(({ header, isNumber }) => (
            <th key={header} role="columnheader" scope="col" class={isNumber ? 'number' : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" class={picking?.picked.has(keyOf(row)) ? 'picked' : undefined}>
            {picking && (
              <td role="cell" class="pick">
                <Pick label={`Pick row ${keyOf(row)}`} keys={[keyOf(row)]} picking={picking} />
              </td>
            )}
            {columns.map((column, index) => renderCell(column, row, index === 0))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PickProps {
  readonly label: string;
  readonly keys: readonly (string | number)[];
  readonly picking: Picking;
}

function Pick({ label, keys, picking: { picked, pick } }: PickProps): JSX.Element {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={keys.every((key) => picked.has(key))}
      onChange={({ currentTarget }) => pick(keys, currentTarget.checked)}
    />
  );
}

function renderCell<Row>({ header, isNumber, isPlain, cell }: Column<Row>, row: Row, isFirst: boolean): JSX.Element {
  const kind = isNumber ? 'number' : isPlain ? 'plain' : undefined;
  const shared = { key: header, 'data-label': header, class: kind };
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
