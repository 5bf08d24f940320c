import type { JSX } from 'preact';
import { formatMonth } from '../../format/format-day';
import { Field } from '../../parts/field';

interface Props {
  readonly value: string;
  /** Empty: not known yet. */
  readonly thisMonth: string;
  /** Oldest first. */
  readonly months: readonly { readonly month: string }[];
  onChange(month: string): void;
}

/** Which month is shown. */
export function MonthSelect({ value, thisMonth, months, onChange }: Props): JSX.Element | null {
  if (thisMonth === '') return null;
  const all = [...new Set([...months.map(({ month }) => month), value, thisMonth])].sort().reverse();
  return (
    <Field label="Month (UTC)">
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {all.map((month) => (
          <option key={month} value={month}>
            {formatMonth(month)}
          </option>
        ))}
      </select>
    </Field>
  );
}
