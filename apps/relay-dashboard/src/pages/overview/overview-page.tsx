import type { JSX } from 'preact';
import { useLive } from '../../api/use-live';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { DestinationCard } from './destination-card';
import { Figures } from './figures';
import { FirstEvent } from './first-event';
import { FlowPlot } from './flow-plot';
import { MinutesTable } from './minutes-table';
import { RatioPlot } from './ratio-plot';
import { UnconfiguredCard } from './unconfigured-card';
import { WaitPlot } from './wait-plot';
import { WaitingPlot } from './waiting-plot';

/** How the relay is doing at this moment, and what came through in the last hour. */
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
            <section aria-labelledby="flow">
              <h2 id="flow">Events per minute</h2>
              <FlowPlot minutes={value.minutes} />
            </section>
            <section aria-labelledby="ratio">
              <h2 id="ratio">Events per request</h2>
              <RatioPlot minutes={value.minutes} />
            </section>
            <section aria-labelledby="waiting">
              <h2 id="waiting">Events waiting</h2>
              <WaitingPlot minutes={value.minutes} />
            </section>
            <section aria-labelledby="wait">
              <h2 id="wait">Longest wait</h2>
              <WaitPlot minutes={value.minutes} />
              <MinutesTable minutes={value.minutes} />
            </section>
          </>
        )}
      </Loadable>
    </>
  );
}
