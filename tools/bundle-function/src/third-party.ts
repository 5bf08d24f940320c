import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is in the bundle, with what it asks for in return. */
export interface ThirdParty {
  /** `tslib 2.8.1 (0BSD)`. */
  readonly title: string;
  readonly licenceText: string;
}

const FOLDER = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/** The packages that these files come from, by name. Throws where one has no licence text: it may not be passed on. */
export function listThirdParty(files: readonly string[]): readonly ThirdParty[] {
  const folders = new Set(files.flatMap((file) => FOLDER.exec(file) ?? []));
  return [...folders].map(readThirdParty).sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** All licence texts, to be kept with the built files. `built`: what these are. */
export function formatLicences(built: string, thirdParty: readonly ThirdParty[]): string {
  const parts = thirdParty.map(({ title, licenceText }) => `${title}\n\n${licenceText.trim()}\n`);
  return [`The built ${built} contains parts of these packages.\n`, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

function readThirdParty(folder: string): ThirdParty {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  const licenceText = readLicence(folder);
  if (licenceText === undefined) throw new Error(`${title}: expected a licence text in the package, found none`);
  return { title, licenceText: licenceText.replaceAll('\r\n', '\n') };
}

/** A file of its own, or what the package's README says under that heading. */
function readLicence(folder: string): string | undefined {
  const names = readdirSync(folder);
  const read = (named: RegExp): string | undefined => {
    const name = names.find((one) => named.test(one));
    return name === undefined ? undefined : readFileSync(join(folder, name), 'utf8');
  };
  return read(/^licen[cs]e(?:[.-]|$)/i) ?? /^(?:#+ )?licen[cs]e\s[^]*/im.exec(read(/^readme(?:\.|$)/i) ?? '')?.[0];
}
