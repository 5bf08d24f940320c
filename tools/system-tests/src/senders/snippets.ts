import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WRITE_KEY } from '@segment-userleap/relay-driver';

const PAGE = join(__dirname, '../../../../docs/senders.md');

/** The host of the relay in the snippets. */
export const HOST = 'your-relay.example';

/** What the docs tell the user of an SDK to write. */
export interface Snippet {
  /** Of the package. */
  readonly name: string;
  readonly version: string;
  readonly runsIn: 'node' | 'browser';
  /** A script that makes a constant `analytics`. */
  readonly code: string;
}

/** The snippets of `docs/senders.md` that run here. */
export function readSnippets(page = readFileSync(PAGE, 'utf8')): readonly Snippet[] {
  return [...page.matchAll(/^## (On servers|In browsers)$([^]*?)(?=^## |$(?![^]))/gm)].flatMap(([, where, part = '']) =>
    [...part.matchAll(/^### (\S+) (\d\S+)$[^]*?^```js\n([^]*?)^```$/gm)].map(
      ([, name = '', version = '', code = '']): Snippet => ({
        name,
        version,
        runsIn: where === 'On servers' ? 'node' : 'browser',
        code,
      }),
    ),
  );
}

/** The snippet's code for a relay at another address than the docs', and with the key of our tests. */
export function codeFor({ code }: Snippet, relay = `https://${HOST}`, writeKey = WRITE_KEY): string {
  const [host = ''] = relay.split('://').slice(-1);
  const withKey = code.replaceAll('WRITE_KEY', writeKey);
  return withKey.replaceAll(/(https:\/\/)?your-relay\.example/g, (_, scheme) => (scheme === undefined ? host : relay));
}
