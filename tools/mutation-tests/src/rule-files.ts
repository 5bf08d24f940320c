import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the rules are, by the name of the part in the report. */
const FOLDERS = {
  events: 'libs/mapping/src/events',
  traits: 'libs/mapping/src/traits',
  settings: 'libs/mapping/src/settings',
  'segment-events': 'libs/segment-events/src',
  'userleap-api': 'libs/userleap-api/src',
  delivery: 'libs/delivery/src',
} as const;

/** No vector can reach these, and each has a spec of its own. */
const NO_RULES: ReadonlySet<string> = new Set([
  // Labels and descriptions of a form.
  'libs/mapping/src/settings/setting-descriptors.ts',
  // What the dashboard shows of an event before it is sent.
  'libs/delivery/src/preview-event.ts',
  // How what is remembered is hashed and written: any other way would do as well.
  'libs/delivery/src/hash-text.ts',
  'libs/delivery/src/told-record.ts',
]);

export type Part = keyof typeof FOLDERS;

export const PARTS = Object.keys(FOLDERS) as readonly Part[];

/** Paths in the workspace, with `/` on every system. */
export function ruleFiles(workspace: string): readonly string[] {
  return Object.values(FOLDERS).flatMap((folder) =>
    readdirSync(join(workspace, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !NO_RULES.has(file))
      .sort(),
  );
}

export function partOf(file: string): Part {
  const part = PARTS.find((name) => file.startsWith(`${FOLDERS[name]}/`));
  if (part === undefined) throw new Error(`${file}: of no part`);
  return part;
}
