import { REASONS } from '@segment-userleap/mapping';
import { EVENT_TYPES } from '@segment-userleap/segment-events';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventState } from '../../api/admin-api';
import { useLive } from '../../api/use-live';
import { toIsoTime, toLocalInput } from '../../format/format-time';
import { Field } from '../../parts/field';
import { SelectField } from '../../parts/select-field';
import { isNarrowed } from '../../route/event-filter';
import type { EventFilter } from '../../route/event-filter';
import { toHash } from '../../route/route';
import { withField } from '../../route/with-field';

const REASON_CODES = Object.keys(REASONS);
// As an object, so that the compiler misses one that is not in it.
const STATES = Object.keys({
  pending: true,
  held: true,
  delivered: true,
  filtered: true,
  unsupported: true,
  rejected: true,
} satisfies Record<EventState, true>);

/** What to look for. Choices count at once, texts when the form is sent or the field is left. */
export function EventFilterForm({ filter }: { readonly filter: EventFilter }): JSX.Element {
  const destinations = useLive().overview?.destinations.map(({ name }) => name) ?? [];
  const [draft, setDraft] = useState(filter);
  const address = JSON.stringify(filter);
  useEffect(() => setDraft(filter), [address]);

  const set = (name: keyof EventFilter, value: string | undefined): EventFilter => {
    const changed = withField(draft, name, value);
    setDraft(changed);
    return changed;
  };
  const choose = (name: keyof EventFilter) => (value: string | undefined) => show(set(name, value));
  const text = (name: 'userId' | 'messageId', label: string): JSX.Element => (
    <Field label={label}>
      <input
        type="search"
        autocomplete="off"
        spellcheck={false}
        value={draft[name] ?? ''}
        onInput={({ currentTarget }) => set(name, currentTarget.value)}
        onChange={({ currentTarget }) => show(set(name, currentTarget.value.trim()))}
      />
    </Field>
  );
  const time = (name: 'from' | 'to', label: string): JSX.Element => (
    <Field label={label}>
      <input
        type="datetime-local"
        value={toLocalInput(draft[name])}
        onChange={({ currentTarget }) => choose(name)(toIsoTime(currentTarget.value))}
      />
    </Field>
  );

  return (
    <form
      class="filters"
      role="search"
      aria-label="Events"
      onSubmit={(event) => {
        event.preventDefault();
        show(draft);
      }}
    >
      {text('userId', 'User id')}
      {text('messageId', 'Message id')}
      <SelectField label="State" any="any" value={draft.state} options={STATES} onChange={choose('state')} />
      <SelectField label="Type" any="any" value={draft.type} options={EVENT_TYPES} onChange={choose('type')} />
      <SelectField label="Reason" any="any" value={draft.reason} options={REASON_CODES} onChange={choose('reason')} />
      <SelectField
        label="Destination"
        any="all"
        value={draft.destination}
        options={destinations}
        onChange={choose('destination')}
      />
      {time('from', 'Accepted from')}
      {time('to', 'Accepted before')}
      <div class="buttons">
        <button type="submit" class="primary">
          Search
        </button>
        {isNarrowed(filter) && <a href={toHash({ page: 'events', filter: {} })}>Clear filters</a>}
      </div>
    </form>
  );
}

function show(filter: EventFilter): void {
  location.hash = toHash({ page: 'events', filter });
}
