import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../../api/use-live';
import { Field } from '../../parts/field';
import { SelectField } from '../../parts/select-field';
import type { LaneFilter } from '../../route/lane-filter';
import { toHash } from '../../route/route';
import { withField } from '../../route/with-field';

/** Whom to look for. */
export function LaneFilterForm({ filter }: { readonly filter: LaneFilter }): JSX.Element {
  const destinations = useLive().overview?.destinations.map(({ name }) => name) ?? [];
  const [userId, setUserId] = useState(filter.userId ?? '');
  useEffect(() => setUserId(filter.userId ?? ''), [filter.userId]);
  const search = (): void => show(withField(filter, 'userId', userId.trim()));
  return (
    <form
      class="filters"
      role="search"
      aria-label="Waiting users"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Field label="User id">
        <input
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={userId}
          onInput={({ currentTarget }) => setUserId(currentTarget.value)}
          onChange={search}
        />
      </Field>
      <SelectField
        label="Destination"
        any="all"
        value={filter.destination}
        options={destinations}
        onChange={(destination) => show(withField(filter, 'destination', destination))}
      />
      <div class="buttons">
        <button type="submit" class="primary">
          Search
        </button>
        {Object.keys(filter).length > 0 && <a href={toHash({ page: 'waiting', filter: {} })}>Clear filters</a>}
      </div>
    </form>
  );
}

function show(filter: LaneFilter): void {
  location.hash = toHash({ page: 'waiting', filter });
}
