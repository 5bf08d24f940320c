import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SettingInputProps } from './setting-input-props';

interface Entry {
  readonly name: string;
  readonly text: string;
}

/** A setting that gives names a text: a row for each, and one more to fill. */
export function MapInput({ label, isInvalid, describedBy, onValue }: SettingInputProps): JSX.Element {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const change = (index: number, entry: Entry): void => {
    const changed = [...entries.slice(0, index), entry, ...entries.slice(index + 1)].filter(
      ({ name, text }) => name !== '' || text !== '',
    );
    setEntries(changed);
    onValue(Object.fromEntries(changed.map(({ name, text }) => [name, text])));
  };
  return (
    <fieldset class="map" aria-describedby={describedBy}>
      <legend>{label}</legend>
      {[...entries, { name: '', text: '' }].map((entry, index) => (
        <div key={index} class="map-row">
          <input
            aria-label={`${label}: name ${index + 1}`}
            aria-invalid={isInvalid}
            autocomplete="off"
            placeholder="name"
            value={entry.name}
            onInput={({ currentTarget }) => change(index, { ...entry, name: currentTarget.value })}
          />
          <span aria-hidden="true">→</span>
          <input
            aria-label={`${label}: value ${index + 1}`}
            aria-invalid={isInvalid}
            autocomplete="off"
            placeholder="value"
            value={entry.text}
            onInput={({ currentTarget }) => change(index, { ...entry, text: currentTarget.value })}
          />
        </div>
      ))}
    </fieldset>
  );
}
