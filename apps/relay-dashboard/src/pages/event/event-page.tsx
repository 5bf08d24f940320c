import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventRecord } from '../../api/admin-api';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { DismissDialog } from '../../parts/dismiss-dialog';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { ReplayEventsDialog } from '../../parts/replay-events-dialog';
import { toHash } from '../../route/route';
import { EventContent } from './event-content';
import { EventFacts } from './event-facts';
import { Story } from './story';

/** The story of one event. */
export function EventPage({ id }: { readonly id: number }): JSX.Element {
  const api = useApi();
  const { onEvents, overview } = useLive();
  // What it waits for changes with its destination.
  const states = overview?.destinations.map(({ name, state }) => `${name} ${state}`).join();
  const [asked, setAsked] = useState<'replay' | 'dismiss'>();
  const close = (): void => setAsked(undefined);
  const loaded = useLoad(String(id), () => api.event(id), states);
  const { reload } = loaded;
  useEffect(() => onEvents((ids) => ids.includes(id) && reload()), [onEvents, id, reload]);
  return (
    <>
      <p>
        <a href={toHash({ page: 'events', filter: {} })}>All events</a>
      </p>
      <PageTitle title={titleOf(id, loaded.value?.event)}>
        <span class="actions">
          {loaded.value && hasEnded(loaded.value.event) && (
            <button type="button" onClick={() => setAsked('replay')}>
              Replay…
            </button>
          )}
          {loaded.value?.event.state === 'rejected' && (
            <button type="button" onClick={() => setAsked('dismiss')}>
              Dismiss…
            </button>
          )}
        </span>
      </PageTitle>
      {asked === 'replay' && <ReplayEventsDialog call={{ state: 'any', id }} onReplayed={reload} onClose={close} />}
      {asked === 'dismiss' && <DismissDialog filter={{ id }} onDismissed={reload} onClose={close} />}
      <Loadable loaded={loaded} onRetry={reload}>
        {(value) => (
          <>
            <EventFacts event={value.event} />
            <Story event={value.event} story={value.story} lane={value.lane} />
            <EventContent story={value} />
          </>
        )}
      </Loadable>
    </>
  );
}

/** Its number first, by which it is found again. */
function titleOf(id: number, event: EventRecord | undefined): string {
  const name = event?.event ?? null;
  return name === null ? `Event ${id}` : `Event ${id}: ${name}`;
}

function hasEnded({ state }: EventRecord): boolean {
  return state !== 'pending' && state !== 'held';
}
