import type { Issue } from '@segment-userleap/validation';
import type { JSX } from 'preact';
import { Field } from '../../parts/field';
import { FieldIssues } from './field-issues';
import { SAMPLES, textOf, toText } from './samples';

interface Props {
  readonly text: string;
  readonly issues: readonly Issue[];
  onText(text: string): void;
}

/** The event: a sample, or what is typed. */
export function EventInput({ text, issues, onText }: Props): JSX.Element {
  const sample = SAMPLES.find(({ event }) => toText(event) === text);
  return (
    <section class="stack" aria-labelledby="event">
      <h2 id="event">Event</h2>
      <Field label="Sample">
        <select value={sample?.name ?? ''} onChange={({ currentTarget }) => onText(textOf(currentTarget.value))}>
          {!sample && <option value="">an event of your own</option>}
          {SAMPLES.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label="Segment event (JSON)">
        <textarea
          class="code"
          rows={16}
          spellcheck={false}
          autocomplete="off"
          value={text}
          aria-invalid={issues.length > 0}
          aria-describedby="event-issues"
          onInput={({ currentTarget }) => onText(currentTarget.value)}
        />
      </Field>
      <FieldIssues id="event-issues" issues={issues} />
    </section>
  );
}
