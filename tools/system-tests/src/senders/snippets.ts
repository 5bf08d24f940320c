import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WRITE_KEY } from '@segment-userleap/relay-driver';

const PAGE = join(__dirname, '../../../../docs/senders.md');

/** The host of the relay in the snippets. */
export const HOST = 'your-relay.example';

/** What client libraries are written in that npm does not have. */
export type ScriptLanguage = 'python' | 'ruby' | 'php';

/** What the docs tell the user of an SDK to write. */
export interface Snippet {
  /** Of the package; where that is not on npm, of its repository. */
  readonly name: string;
  readonly version: string;
  readonly runsIn: 'node' | 'browser' | ScriptLanguage;
  /** A script that makes a constant `analytics`; in PHP, one that sets up a class. */
  readonly code: string;
}

/** The snippets of `docs/senders.md`, in its order. */
export function readSnippets(page = readFileSync(PAGE, 'utf8')): readonly Snippet[] {
  return [...page.matchAll(/^## (.+)$([^]*?)(?=^## |$(?![^]))/gm)].flatMap(([, where, part = '']) =>
    [...part.matchAll(/^### (\S+) (\d\S+)$[^]*?^```(js|python|ruby|php)\n([^]*?)^```$/gm)].map(
      ([, name = '', version = '', language, code = '']): Snippet => ({
        name,
        version,
        runsIn: language === 'js' ? (where === 'In browsers' ? 'browser' : 'node') : (language as ScriptLanguage),
        code,
      }),
    ),
  );
}

/** The script that `docs/senders.md` puts in front of Segment's HTML snippet. */
export function readScriptOfHtml(page = readFileSync(PAGE, 'utf8')): string {
  return /^```html\n<script>\n([^]*?)<\/script>\n```$/m.exec(page)?.[1] ?? '';
}

/** The snippet's code for a relay at another address than the docs', and with the key of our tests. */
export function codeFor({ code }: Pick<Snippet, 'code'>, relay = `https://${HOST}`, writeKey = WRITE_KEY): string {
  const [host = ''] = relay.split('://').slice(-1);
  const withKey = code.replaceAll('WRITE_KEY', writeKey);
  return withKey.replaceAll(/(https:\/\/)?your-relay\.example/g, (_, scheme) => (scheme === undefined ? host : relay));
}
