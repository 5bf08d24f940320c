import type { JSX } from 'preact';
import { useLive } from '../api/use-live';
import { Field } from './field';

interface Props {
  readonly value: string;
  onChange(destination: string): void;
}

/** Which destination a page is about; nothing where there is one alone. */
export function DestinationSelect({ value, onChange }: Props): JSX.Element | null {
  const names = useLive().overview?.destinations.map(({ name }) => name) ?? [];
  if (names.length < 2) return null;
  return (
    <Field label="Destination">
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
