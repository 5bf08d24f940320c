import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { ReplayDialog } from '../../parts/replay-dialog';
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
  const [isAsking, setAsking] = useState(false);
  const loaded = useLoad(String(id), () => api.event(id), states);
  const { reload } = loaded;
  useEffect(() => onEvents((ids) => ids.includes(id) && reload()), [onEvents, id, reload]);
  return (
    <>
      <p>
        <a href={toHash({ page: 'events', filter: {} })}>All events</a>
      </p>
      <PageTitle title={`Event ${id}`}>
        {loaded.value?.event.state === 'rejected' && (
          <button type="button" onClick={() => setAsking(true)}>
            Replay…
          </button>
        )}
      </PageTitle>
      {isAsking && <ReplayDialog filter={{ id }} onReplayed={reload} onClose={() => setAsking(false)} />}
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
