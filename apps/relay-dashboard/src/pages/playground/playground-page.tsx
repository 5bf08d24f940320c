import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { PageTitle } from '../../parts/page-title';
import { PreviewView } from '../../parts/preview-view';
import { EventInput } from './event-input';
import type { RawSettings } from './parse-input';
import { WrongSettings } from './wrong-settings';
import { textOf } from './samples';
import { SettingsForm } from './settings-form';
import { usePreview } from './use-preview';

/** Shows what an event becomes, while it is typed. */
export function PlaygroundPage(): JSX.Element {
  const [text, setText] = useState(() => textOf('Identify'));
  const [settings, setSettings] = useState<RawSettings>({});
  const { preview, eventIssues, settingIssues } = usePreview(text, settings);
  return (
    <>
      <PageTitle title="Playground" />
      <p class="hint">
        What one event alone becomes, its user known. Computed in this browser: nothing is sent, kept or asked for.
      </p>
      <div class="columns">
        <div class="stack">
          <EventInput text={text} issues={eventIssues} onText={setText} />
          <SettingsForm settings={settings} issues={settingIssues} onSettings={setSettings} />
        </div>
        <section class="result" aria-labelledby="result">
          <h2 id="result">What it becomes</h2>
          {preview ? (
            <PreviewView preview={preview} />
          ) : (
            <p role="status">
              {eventIssues.length > 0 ? 'The event is not JSON yet.' : <WrongSettings issues={settingIssues} />}
            </p>
          )}
        </section>
      </div>
    </>
  );
}
