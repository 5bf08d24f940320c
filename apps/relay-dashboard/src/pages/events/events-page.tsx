import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { formatCount } from '../../format/format-number';
import { EmptyState } from '../../parts/empty-state';
import { FirstEventHint } from '../../parts/first-event-hint';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { Pager } from '../../parts/pager';
import { usePicking } from '../../parts/use-picking';
import { isNarrowed } from '../../route/event-filter';
import type { EventFilter } from '../../route/event-filter';
import { toHash } from '../../route/route';
import { EventActions } from './event-actions';
import { EventFilterForm } from './event-filter-form';
import { EventList } from './event-list';
import { ExportMenu } from './export-menu';
import { UserPanel } from './user-panel';

const PAGE_SIZE = 50;

/** What became of every event, newest first; the list follows what happens. */
export function EventsPage({ filter }: { readonly filter: EventFilter }): JSX.Element {
  const api = useApi();
  const { onEvents } = useLive();
  const loaded = useLoad(JSON.stringify(filter), () => api.events(filter, PAGE_SIZE));
  const { value, reload } = loaded;

  useEffect(
    () =>
      onEvents((ids) => {
        // New events can only appear on the first page.
        if (filter.before === undefined || value?.events.some(({ id }) => ids.includes(id))) reload();
      }),
    [onEvents, filter.before, value, reload],
  );

  const picking = usePicking(JSON.stringify(filter));
  const finish = (): void => {
    picking.clear();
    reload();
  };

  const { before: _, ...first } = filter;
  return (
    <>
      <PageTitle title="Events">
        <ExportMenu filter={filter} />
      </PageTitle>
      <EventFilterForm filter={first} />
      {filter.userId !== undefined && <UserPanel userId={filter.userId} onErased={reload} />}
      <Loadable loaded={loaded} onRetry={reload}>
        {({ events, next }) => (
          <>
            <div class="list-head">
              <p role="status" class="quiet">
                {describeCount(events.length, filter)}
              </p>
              {events.length > 0 && <EventActions filter={filter} ids={picking.ids} onDone={finish} />}
            </div>
            {events.length > 0 && <EventList events={events} picking={picking} />}
            {events.length === 0 && isNarrowed(first) && (
              <EmptyState title="No event matches">
                <a href={toHash({ page: 'events', filter: {} })}>Clear the filters</a> to see all that are kept.
              </EmptyState>
            )}
            {events.length === 0 && !isNarrowed(filter) && filter.before === undefined && <FirstEventHint />}
            <Pager
              firstHref={filter.before === undefined ? undefined : toHash({ page: 'events', filter: first })}
              firstLabel="Newest"
              nextHref={next === null ? undefined : toHash({ page: 'events', filter: { ...first, before: next } })}
              nextLabel="Older"
            />
          </>
        )}
      </Loadable>
    </>
  );
}

function describeCount(count: number, filter: EventFilter): string {
  if (count === 0) return isNarrowed(filter) ? 'No event matches.' : 'No events.';
  return `${formatCount(count, 'event')} on this page, ${filter.before === undefined ? 'newest first' : 'older ones'}`;
}
