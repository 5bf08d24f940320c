import { readDigestLine } from '@segment-userleap/bundle-function/digest-line';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployFailure } from './deploy-failure';
import { readSettings } from './function-setting';
import type { Deployment } from './plan-update';

/** What was built, and from which file. */
export interface Bundle extends Deployment {
  readonly file: string;
}

/** Reads what `npm run bundle` wrote to a folder. Throws a `DeployFailure` where it is missing or was changed since. */
export async function loadBundle(folder: string, minified: boolean): Promise<Bundle> {
  const file = minified ? 'userleap.min.js' : 'userleap.js';
  const code = await load(folder, file);
  if (readDigestLine(code).digest !== 'matches') throw stale(file);
  const settings = readSettings(parseJson(await load(folder, 'settings.json')));
  if (settings === undefined) throw stale('settings.json');
  return { file, code, settings };
}

async function load(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch {
    throw new DeployFailure(`dist/segment-function/${file} cannot be read: build it with \`npm run bundle\`.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function stale(file: string): DeployFailure {
  return new DeployFailure(
    `dist/segment-function/${file} is not as it was built: build it again with \`npm run bundle\`.`,
  );
}
