import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Overview } from '../../api/admin-api';
import { useApi } from '../../api/api-context';
import { useLoad } from '../../api/use-load';
import { Loadable } from '../../parts/loadable';
import { SelectField } from '../../parts/select-field';
import { FlowPlot } from './flow-plot';
import { MinutesTable } from './minutes-table';
import { RatioPlot } from './ratio-plot';
import { LAST_HOUR, SPANS } from './span';
import { WaitPlot } from './wait-plot';
import { WaitingPlot } from './waiting-plot';

/** What came through in a time that the reader chooses, at one destination or at all. */
export function FlowPlots({ overview }: { readonly overview: Overview }): JSX.Element {
  const api = useApi();
  const [span, setSpan] = useState(LAST_HOUR);
  const [destination, setDestination] = useState<string>();
  const isLive = span === LAST_HOUR && destination === undefined;
  // The overview comes each second, its minutes pass.
  const minute = overview.minutes.at(-1)?.at;
  const flow = useLoad(
    JSON.stringify([span.range, destination]),
    async () => (isLive ? undefined : (await api.flow(span.range, destination)).parts),
    minute,
  );
  const parts = isLive ? overview.minutes : flow.value;
  const names = overview.destinations.map(({ name }) => name);
  return (
    <>
      <div class="list-head">
        <h2>Traffic</h2>
        <span class="actions">
          {names.length > 1 && (
            <SelectField label="Destination" any="all" value={destination} options={names} onChange={setDestination} />
          )}
          <span class="segments" role="group" aria-label="Time">
            {SPANS.map((one) => (
              <button key={one.range} type="button" aria-pressed={one === span} onClick={() => setSpan(one)}>
                {one.label}
              </button>
            ))}
          </span>
        </span>
      </div>
      <Loadable loaded={{ value: parts, error: isLive ? undefined : flow.error }} onRetry={flow.reload}>
        {(minutes) => (
          <div class="plots" key={span.range}>
            <section class="wide" aria-labelledby="flow">
              <h3 id="flow">Events per {span.part}</h3>
              <FlowPlot minutes={minutes} span={span} />
            </section>
            <section aria-labelledby="waiting">
              <h3 id="waiting">Events waiting</h3>
              <WaitingPlot minutes={minutes} span={span} />
            </section>
            <section aria-labelledby="wait">
              <h3 id="wait">Longest wait</h3>
              <WaitPlot minutes={minutes} span={span} />
            </section>
            <section aria-labelledby="ratio">
              <h3 id="ratio">Events per request</h3>
              <RatioPlot minutes={minutes} span={span} />
            </section>
            <div class="wide">
              <MinutesTable minutes={minutes} span={span} />
            </div>
          </div>
        )}
      </Loadable>
    </>
  );
}
