import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useLoad } from '../../api/use-load';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { DestinationSettings } from './destination-settings';
import { VariableTable } from './variable-table';

/** What this relay is set to do: what arrived, and what is a default. */
export function SettingsPage(): JSX.Element {
  const api = useApi();
  const settings = useLoad('effective settings', () => api.settings());
  return (
    <>
      <PageTitle title="Settings" />
      <p>Everything that this relay was started with. Passwords, keys and tokens are masked.</p>
      <Loadable loaded={settings} onRetry={settings.reload}>
        {({ destinations, variables }) => (
          <>
            {destinations.map((destination) => (
              <DestinationSettings key={destination.name} destination={destination} />
            ))}
            <section aria-labelledby="variables">
              <h2 id="variables">Variables</h2>
              <VariableTable variables={variables} />
            </section>
          </>
        )}
      </Loadable>
    </>
  );
}
