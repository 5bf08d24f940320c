import { REASONS } from '@segment-userleap/mapping';
import { EVENT_TYPES } from '@segment-userleap/segment-events';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventState } from '../../api/admin-api';
import { useLive } from '../../api/use-live';
import { toIsoTime, toLocalInput, zoneName } from '../../format/format-time';
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
  dismissed: true,
} satisfies Record<EventState, true>);

const FURTHER = ['userId', 'messageId', 'reason', 'destination', 'message', 'from', 'to'] as const;

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
  const text = (name: 'search' | 'event' | 'userId' | 'messageId', label: string, hint = ''): JSX.Element => (
    <Field label={label}>
      <input
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={hint}
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
      class="filters filters-events"
      role="search"
      aria-label="Events"
      onSubmit={(event) => {
        event.preventDefault();
        show(draft);
      }}
    >
      <div class="filter-row">
        {text('search', 'Search', 'id, user, message id, event name')}
        {text('event', 'Event name')}
        <SelectField label="State" any="any" value={draft.state} options={STATES} onChange={choose('state')} />
        <SelectField label="Type" any="any" value={draft.type} options={EVENT_TYPES} onChange={choose('type')} />
        <div class="buttons">
          <button type="submit" class="primary">
            Search
          </button>
          {isNarrowed(filter) && <a href={toHash({ page: 'events', filter: {} })}>Clear filters</a>}
        </div>
      </div>
      <details open={FURTHER.some((name) => filter[name] !== undefined)}>
        <summary>More filters</summary>
        <div class="filter-row">
          {text('userId', 'User id')}
          {text('messageId', 'Message id')}
          <SelectField
            label="Reason"
            any="any"
            value={draft.reason}
            options={REASON_CODES}
            onChange={choose('reason')}
          />
          <SelectField
            label="Destination"
            any="all"
            value={draft.destination}
            options={destinations}
            onChange={choose('destination')}
          />
          {time('from', `Accepted from, ${zoneName()}`)}
          {time('to', `Accepted before, ${zoneName()}`)}
        </div>
        {draft.message !== undefined && (
          <p class="hint long">
            With the message “{draft.message}”{' '}
            <button type="button" class="small" onClick={() => choose('message')(undefined)}>
              Any message
            </button>
          </p>
        )}
      </details>
    </form>
  );
}

function show(filter: EventFilter): void {
  location.hash = toHash({ page: 'events', filter });
}
