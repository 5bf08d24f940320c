/** What a test needs of the machine: its path, or why it is not there. */
export interface Needed {
  readonly path: string | undefined;
  /** `no Chromium; set CHROMIUM_PATH` */
  readonly missing: string;
}

/**
 * Describes what needs a program; `body` is given its path. Where there is none, the tests are skipped under a name that says
 * why, and a warning repeats it; in continuous integration (CI=true) that is a failure.
 */
export function describeWhereFound(title: string, { path, missing }: Needed, body: (path: string) => void): void {
  if (path !== undefined) {
    describe(title, () => body(path));
  } else if (process.env.CI === 'true') {
    it(`${title} (has what it needs)`, () => {
      throw new Error(missing);
    });
  } else {
    console.warn(`${title}: not run: ${missing}`);
    describe.skip(`${title} (not run: ${missing})`, () => body(''));
  }
}
