import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useDestination } from '../../api/use-destination';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { DestinationSelect } from '../../parts/destination-select';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { toHash } from '../../route/route';
import type { UsageFilter } from '../../route/usage-filter';
import { withField } from '../../route/with-field';
import { MonthSelect } from './month-select';
import { UsageContent } from './usage-content';

/** What UserLeap will ask for: this month against its limit, and what makes the bill. */
export function UsagePage({ filter }: { readonly filter: UsageFilter }): JSX.Element {
  const api = useApi();
  const destination = useDestination(filter.destination);
  const minute = useLive().overview?.minutes.at(-1)?.at;
  const thisMonth = (minute ?? '').slice(0, 7);
  const month = filter.month === thisMonth ? undefined : filter.month;
  const loaded = useLoad(
    JSON.stringify([destination, month]),
    async () => (destination === undefined ? undefined : api.usage(destination, month)),
    `${destination} ${minute}`,
  );
  const names = useLoad(
    destination ?? '',
    async () => (destination === undefined ? undefined : api.eventNames(destination, 1)),
    destination,
  );
  const show = (next: UsageFilter): void => {
    location.hash = toHash({ page: 'usage', filter: next });
  };
  return (
    <>
      <PageTitle title="Usage">
        <div class="choices">
          <DestinationSelect
            value={destination ?? ''}
            onChange={(chosen) => show(withField(filter, 'destination', chosen))}
          />
          <MonthSelect
            value={month ?? thisMonth}
            thisMonth={thisMonth}
            months={loaded.value?.months ?? []}
            onChange={(chosen) => show(withField(filter, 'month', chosen === thisMonth ? undefined : chosen))}
          />
        </div>
      </PageTitle>
      <Loadable loaded={loaded} onRetry={loaded.reload}>
        {(usage) => <UsageContent usage={usage} settings={names.value?.settings} goesOn={month === undefined} />}
      </Loadable>
    </>
  );
}
