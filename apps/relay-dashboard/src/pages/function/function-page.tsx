import type { JSX } from 'preact';
import { pathTo } from '../../api/path-to';
import { useApi } from '../../api/api-context';
import { useLoad } from '../../api/use-load';
import { formatNumber } from '../../format/format-number';
import { CopyButton } from '../../parts/copy-button';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { SettingTable } from './setting-table';

/** The same mapping as one file for Segment: code, settings, and how to set it up. */
export function FunctionPage(): JSX.Element {
  const api = useApi();
  const code = useLoad('code', () => api.functionCode());
  const settings = useLoad('settings', () => api.functionSettings());
  return (
    <>
      <PageTitle title="Function" />
      <p>
        The relay's mapping as one file for a Segment Destination Function: no server, the same requests for the same
        events.
      </p>
      <section aria-labelledby="code">
        <h2 id="code">Code</h2>
        <Loadable loaded={code} onRetry={code.reload}>
          {(text) => (
            <div class="buttons">
              <CopyButton text={text} label="Copy the code" />
              <a href={pathTo('function/userleap.js')} download="userleap.js">
                Download userleap.js
              </a>
              <span class="quiet">{formatNumber(Math.ceil(text.length / 1024))} KB</span>
            </div>
          )}
        </Loadable>
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">Set it up</h2>
        <ol>
          <li>In Segment: Connections → Catalog → Functions → New function → Destination.</li>
          <li>Paste the code in place of what is in the editor.</li>
          <li>Add the settings below. Only those that are required have to be there.</li>
          <li>Save, try a test event, deploy, and connect the function to a source.</li>
        </ol>
      </section>
      <section aria-labelledby="settings">
        <h2 id="settings">Settings</h2>
        <Loadable loaded={settings} onRetry={settings.reload}>
          {(list) => <SettingTable settings={list} />}
        </Loadable>
      </section>
    </>
  );
}
