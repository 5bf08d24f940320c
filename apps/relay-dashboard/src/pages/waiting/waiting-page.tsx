import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { formatCount } from '../../format/format-number';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { Pager } from '../../parts/pager';
import type { LaneFilter } from '../../route/lane-filter';
import { toHash } from '../../route/route';
import { LaneFilterForm } from './lane-filter-form';
import { LaneList } from './lane-list';

const PAGE_SIZE = 50;

/** Users that something waits for: what for, and until when. */
export function WaitingPage({ filter }: { readonly filter: LaneFilter }): JSX.Element {
  const api = useApi();
  const { overview } = useLive();
  const loaded = useLoad(JSON.stringify(filter), () => api.lanes(filter, PAGE_SIZE), overview);
  const { reload } = loaded;
  const { before: _, ...first } = filter;
  return (
    <>
      <PageTitle title="Waiting" />
      <p class="hint">
        Everything that waits for one user goes out together. Those whose oldest event is oldest come first.
      </p>
      <LaneFilterForm filter={first} />
      <Loadable loaded={loaded} onRetry={reload}>
        {({ lanes, next }) => (
          <>
            <p role="status" class="quiet">
              {lanes.length === 0 ? 'Nobody waits.' : `${formatCount(lanes.length, 'user')} on this page`}
            </p>
            {lanes.length > 0 && <LaneList lanes={lanes} />}
            <Pager
              firstHref={filter.before === undefined ? undefined : toHash({ page: 'waiting', filter: first })}
              firstLabel="Oldest"
              nextHref={next === null ? undefined : toHash({ page: 'waiting', filter: { ...first, before: next } })}
              nextLabel="Newer"
            />
          </>
        )}
      </Loadable>
    </>
  );
}
