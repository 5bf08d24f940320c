import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBanner } from './banner';
import { buildCode, minifyCode } from './build-code';
import { addDigestLine } from './digest-line';
import { scanCode } from './scan-code';
import { listSegmentSettings } from './settings-json';
import { formatLicences, listThirdParty } from './third-party';

// All but some 200 bytes are our own, 4 KB of it the memory of what UserLeap was told: more is a dependency that crept in.
const MAX_MINIFIED_BYTES = 59 * 1024;

const READING_HINT =
  '// Each module stands below those that it uses: to follow an event, begin at the end, with handlers.ts.';

/** One file that was written. */
interface BundledFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes `userleap.js`, `userleap.min.js`, the licences of what is in them, and `settings.json` to `dist/segment-function` of
 * the workspace; the same commit gives the same bytes. Throws with all findings, and writes nothing, where the code is over
 * its size or names what Segment does not have, or where a package came without a licence.
 */
export async function bundleFunction(workspace: string): Promise<readonly BundledFile[]> {
  const { code, files: sources } = await buildCode(workspace);
  const thirdParty = listThirdParty(sources);
  const banner = makeBanner(workspace, thirdParty);
  const readable = `${banner}\n${READING_HINT}\n${addDigestLine(code)}`;
  const minified = `${banner}\n${addDigestLine(`${await minifyCode(code)}\n`)}`;
  const findings = [
    ...scanCode(readable).map((finding) => `userleap.js, ${finding}`),
    ...scanCode(minified).map((finding) => `userleap.min.js, ${finding}`),
    ...findOversize(minified),
  ];
  if (findings.length > 0) throw new Error(`The bundle would not run at Segment:\n${findings.join('\n')}`);
  const folder = join(workspace, 'dist/segment-function');
  await mkdir(folder, { recursive: true });
  const files = {
    'userleap.js': readable,
    'userleap.min.js': minified,
    'THIRD-PARTY-LICENSES.txt': formatLicences('Segment Function', thirdParty),
    'settings.json': `${JSON.stringify(listSegmentSettings(), null, 2)}\n`,
  };
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return { path, bytes: Buffer.byteLength(text) };
    }),
  );
}

function findOversize(minified: string): readonly string[] {
  const bytes = Buffer.byteLength(minified);
  return bytes > MAX_MINIFIED_BYTES
    ? [`userleap.min.js: ${bytes} bytes, at most ${MAX_MINIFIED_BYTES} are allowed`]
    : [];
}
