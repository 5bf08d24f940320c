import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInterpreter } from './script-languages';
import type { ScriptLanguage, Snippet } from './snippets';

/** A client in another language that can be run here. */
export interface FoundClient {
  readonly snippet: Snippet;
  readonly interpreter: string;
  /** The folder of its repository. */
  readonly sources: string;
}

/** Looks for the clients in Python, Ruby and PHP: `folder` holds their repositories by name. `missing`: a sentence for each that cannot be run. */
export function findClients(
  snippets: readonly Snippet[],
  folder: string | undefined,
): { readonly found: readonly FoundClient[]; readonly missing: readonly string[] } {
  const found: FoundClient[] = [];
  const missing: string[] = [];
  for (const snippet of snippets) {
    if (snippet.runsIn === 'node' || snippet.runsIn === 'browser') continue;
    const interpreter = findInterpreter(snippet.runsIn);
    const sources = join(folder ?? '', snippet.name);
    if (folder === undefined) missing.push(`${snippet.name}: SENDERS_CLIENTS is not set`);
    else if (!existsSync(sources)) missing.push(`${snippet.name}: SENDERS_CLIENTS has no such folder`);
    else if (interpreter === undefined) missing.push(`${snippet.name}: there is no ${snippet.runsIn}`);
    else {
      const version = versionIn(sources, snippet);
      if (version === undefined) missing.push(`${snippet.name}: its sources name no version`);
      else found.push({ snippet: { ...snippet, version }, interpreter, sources });
    }
  }
  return { found, missing };
}

const VERSION: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^(?:VERSION = '|Version: )(\d[^'\n]*)/m,
  ruby: /VERSION = '(\d[^']*)'/,
  php: /_VERSION = ["'](\d[^"']*)/,
};

/** What its sources say: they may be of another version than the docs. */
function versionIn(sources: string, { runsIn }: Snippet): string | undefined {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|\/)(version\.(py|rb|php)|METADATA)$/i.test(file),
  );
  for (const file of files) {
    const version = VERSION[runsIn as ScriptLanguage].exec(readFileSync(join(sources, file), 'utf8'))?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}
