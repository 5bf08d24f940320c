import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useDestination } from '../../api/use-destination';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { DestinationSelect } from '../../parts/destination-select';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import type { DestinationFilter } from '../../route/destination-filter';
import { toHash } from '../../route/route';
import { EventNamesContent } from './event-names-content';
import { WhereToSetUp } from './where-to-set-up';

const FIRST = 500;
const ALL = 10_000;

/** Names of events, as a list to work through. */
export function EventNamesPage({ filter }: { readonly filter: DestinationFilter }): JSX.Element {
  const api = useApi();
  const destination = useDestination(filter.destination);
  const [limit, setLimit] = useState(FIRST);
  const minute = useLive().overview?.minutes.at(-1)?.at;
  const loaded = useLoad(
    JSON.stringify([destination, limit]),
    async () => (destination === undefined ? undefined : api.eventNames(destination, limit)),
    minute,
  );
  const { reload } = loaded;
  const mark = async (name: string, setUp: boolean): Promise<void> => {
    await api.markEventNames(destination ?? '', [name], setUp);
    reload();
  };
  return (
    <>
      <PageTitle title="Event names">
        <DestinationSelect
          value={destination ?? ''}
          onChange={(chosen) => (location.hash = toHash({ page: 'event-names', filter: { destination: chosen } }))}
        />
      </PageTitle>
      <WhereToSetUp />
      <Loadable loaded={loaded} onRetry={reload}>
        {(names) => (
          <EventNamesContent
            key={destination}
            names={names}
            mark={mark}
            reload={reload}
            onShowAll={() => setLimit(ALL)}
          />
        )}
      </Loadable>
    </>
  );
}
