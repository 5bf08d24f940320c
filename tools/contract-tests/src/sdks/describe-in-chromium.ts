import { findChromium } from './find-chromium';

const MISSING = 'no Chromium; set CHROMIUM_PATH';

/**
 * Describes what needs a browser; `body` is given its path. Where there is none, the tests are skipped under a name that says
 * why, and a warning repeats it; in continuous integration (CI=true) that is a failure.
 */
export function describeInChromium(title: string, body: (path: string) => void): void {
  const path = findChromium();
  if (path !== undefined) {
    describe(title, () => body(path));
  } else if (process.env.CI === 'true') {
    it(`${title} (has a browser)`, () => {
      throw new Error(MISSING);
    });
  } else {
    console.warn(`${title}: not run: ${MISSING}`);
    describe.skip(`${title} (not run: ${MISSING})`, () => body(''));
  }
}
