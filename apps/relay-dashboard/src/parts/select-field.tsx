import type { JSX } from 'preact';
import { Field } from './field';

interface Props {
  readonly label: string;
  readonly value: string | undefined;
  /** What nothing chosen means. */
  readonly any: string;
  readonly options: readonly string[];
  onChange(value: string | undefined): void;
}

/** One of some options, or none. A value that is no option is shown all the same. */
export function SelectField({ label, value, any, options, onChange }: Props): JSX.Element {
  const all = value === undefined || options.includes(value) ? options : [...options, value];
  return (
    <Field label={label}>
      <select value={value ?? ''} onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}>
        <option value="">{any}</option>
        {all.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </Field>
  );
}
