import type { JSX } from 'preact';
import { useLive } from '../../api/use-live';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { DestinationCard } from './destination-card';
import { Figures } from './figures';
import { FirstEvent } from './first-event';
import { FlowPlots } from './flow-plots';
import { UnconfiguredCard } from './unconfigured-card';

/** How the relay is doing at this moment, and what came through. */
export function OverviewPage(): JSX.Element {
  const { overview, error, refresh } = useLive();
  return (
    <>
      <PageTitle title="Overview" />
      <Loadable loaded={{ value: overview, error }} onRetry={refresh}>
        {(value) => (
          <>
            <FirstEvent overview={value} />
            <Figures overview={value} />
            <section aria-labelledby="destinations">
              <h2 id="destinations">Destinations</h2>
              <ul class="cards">
                {value.destinations.map((destination) => (
                  <DestinationCard key={destination.name} destination={destination} />
                ))}
                {value.unconfigured.map((destination) => (
                  <UnconfiguredCard key={destination.name} destination={destination} />
                ))}
              </ul>
            </section>
            <FlowPlots overview={value} />
          </>
        )}
      </Loadable>
    </>
  );
}
