import { describeWhereFound } from '@segment-userleap/relay-driver';
import { findChromium } from './find-chromium';

/** Describes what needs a browser; `body` is given its path. */
export function describeInChromium(title: string, body: (path: string) => void): void {
  describeWhereFound(title, { path: findChromium(), missing: 'no Chromium; set CHROMIUM_PATH' }, body);
}
