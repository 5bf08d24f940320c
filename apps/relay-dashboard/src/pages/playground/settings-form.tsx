import { SETTING_DESCRIPTORS, SETTING_NAMES } from '@segment-userleap/mapping';
import type { Issue } from '@segment-userleap/validation';
import type { JSX } from 'preact';
import { settingOf } from './parse-input';
import type { RawSettings } from './parse-input';
import { FieldIssues } from './field-issues';
import { SettingInput } from './setting-input';

// Nothing is sent: where to, and with which key, does not matter.
const SHOWN = SETTING_NAMES.filter((name) => name !== 'apiKey' && name !== 'endpoint');

interface Props {
  readonly settings: RawSettings;
  readonly issues: readonly Issue[];
  onSettings(settings: RawSettings): void;
}

/** A field for each setting that changes what an event becomes. */
export function SettingsForm({ settings, issues, onSettings }: Props): JSX.Element {
  return (
    <details>
      <summary>
        <h2 class="in-summary">Settings</h2>
      </summary>
      <div class="stack fold">
        {SHOWN.map((name) => {
          const wrong = issues.filter((issue) => settingOf(issue) === name);
          const { label, description } = SETTING_DESCRIPTORS[name];
          return (
            <div key={name} class="setting">
              <SettingInput
                name={name}
                label={label}
                isInvalid={wrong.length > 0}
                describedBy={`${name}-hint ${name}-issues`}
                value={settings[name]}
                onValue={(value) => onSettings({ ...settings, [name]: value })}
              />
              <p id={`${name}-hint`} class="hint">
                {description}
              </p>
              <FieldIssues id={`${name}-issues`} issues={wrong} />
            </div>
          );
        })}
      </div>
    </details>
  );
}
