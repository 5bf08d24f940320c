import { runToEnd } from '@segment-userleap/relay-driver';
import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHost } from '@segment-userleap/segment-runtime';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_FORMS, isLoadedAnew } from '../src/function-forms';
import { loadSettingsVectors } from '../src/load-vectors';
import { readBundle } from '../src/play-on-function';
import { playSettingsOnLibs } from '../src/play-settings-on-libs';
import { casesOf, rawSettings } from '../src/settings-vector';

const CASES = casesOf(loadSettingsVectors());
const REFUSED = CASES.filter(([, { issues }]) => issues);

describe('settings on the libraries', () => {
  it.each(CASES)('%s', (_, settingsCase) => {
    const { issues, parsed } = playSettingsOnLibs(settingsCase);
    expect(issues).toEqual(settingsCase.issues ?? []);
    expect(parsed).toMatchObject(settingsCase.parsed ?? {});
  });
});

describe.each(FUNCTION_FORMS)('settings on $file ($loader, event from $eventRealm, $calls)', (form) => {
  const load = (): FunctionHost => createFunctionHost({ ...form, code: readBundle(form.file), now: () => 0 });
  let warm: FunctionHost;
  beforeAll(() => {
    warm = load();
  });

  it.each(CASES)('%s', async (_, settingsCase) => {
    const host = isLoadedAnew(form) ? load() : warm;
    // Without a user: nothing to send.
    const event = { type: 'track', event: 'A' };
    const settings = rawSettings(settingsCase);
    const [verdict] =
      form.calls === 'batch' ? await host.deliverBatch([event], settings) : [await host.deliver(event, settings)];
    const { issues } = settingsCase;
    expect(verdict).toMatchObject({
      verdict: 'discarded',
      message: issues ? `Settings: ${issues.join('; ')}` : expect.stringMatching(/\(missing_user_id\)$/),
    });
  });
});

describe('settings on the relay', () => {
  let lines: readonly string[];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    const file = join(folder, 'destinations.json');
    const destinations = REFUSED.map(([, one], at) => {
      return { name: `case-${at}`, writeKeys: [`key-${at}`], settings: rawSettings(one) };
    });
    writeFileSync(file, JSON.stringify(destinations));
    const { errors } = await runToEnd({ RELAY_DESTINATIONS: file, DATABASE_URL: `sqlite:${join(folder, 'relay.db')}` });
    lines = errors.split('\n').map((line) => line.trim());
    rmSync(folder, { recursive: true });
  });

  it.each(REFUSED.map(([title, { issues = [] }], at) => [title, issues, at] as const))('%s', (_, issues, at) => {
    const place = `RELAY_DESTINATIONS[${at}].settings`;
    const found = lines.filter((line) => line.startsWith(`${place}.`) || line.startsWith(`${place}:`));
    const isOfAll = (issue: string): boolean => issue.startsWith('expected');
    expect(found).toEqual(issues.map((issue) => `${place}${isOfAll(issue) ? ': ' : '.'}${issue}`));
  });
});
