import { existsSync } from 'node:fs';

// The first has no windows, and takes a fifth of the processor time for a page.
const USUAL_PATHS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium: what CHROMIUM_PATH says, else where systems put it; undefined where there is none. Throws where CHROMIUM_PATH leads nowhere. */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const path = env.CHROMIUM_PATH;
  if (!path) return USUAL_PATHS.find((usual) => existsSync(usual));
  if (!existsSync(path)) throw new Error('CHROMIUM_PATH: expected the path of a Chromium, found no file there');
  return path;
}
