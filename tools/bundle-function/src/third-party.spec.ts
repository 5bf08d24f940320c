import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLicences, listThirdParty } from './third-party';

describe(listThirdParty.name, () => {
  let workspace: string;
  beforeEach(() => (workspace = mkdtempSync(join(tmpdir(), 'userleap-'))));
  afterEach(() => rmSync(workspace, { recursive: true }));

  /** A package at this place, as npm lays it; returns the path of a file in it. */
  function install(name: string, licenceFile?: string, parent = ''): string {
    const folder = join(workspace, parent, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'ISC' }));
    if (licenceFile) writeFileSync(join(folder, licenceFile), `Text of ${name}\r\n`);
    return join(folder, 'lib/index.js');
  }

  it('finds each package once, scoped and nested ones too, and none for our files', () => {
    const inner = install('inner', 'LICENCE.md', 'node_modules/@scope/outer');
    const outer = install('@scope/outer', 'license');
    expect(listThirdParty([join(workspace, 'libs/a.ts'), outer, inner, join(outer, '../other.js')])).toEqual([
      { title: '@scope/outer 1.2.3 (ISC)', licenceText: 'Text of @scope/outer\n' },
      { title: 'inner 1.2.3 (ISC)', licenceText: 'Text of inner\n' },
    ]);
  });

  it('takes what a README says under that heading, and another file name', () => {
    const file = install('told');
    writeFileSync(join(file, '../../README.md'), '# told\n\nA licensed thing.\n\n## License\n\nText of told\n');
    expect(listThirdParty([file, install('two', 'LICENSE-MIT.txt')])).toEqual([
      { title: 'told 1.2.3 (ISC)', licenceText: '## License\n\nText of told\n' },
      { title: 'two 1.2.3 (ISC)', licenceText: 'Text of two\n' },
    ]);
  });

  it('refuses a package without a licence text', () => {
    expect(() => listThirdParty([install('bare', 'licensed.js')])).toThrow(
      'bare 1.2.3 (ISC): expected a licence text in the package, found none',
    );
  });

  it('writes the texts under their names', () => {
    expect(formatLicences('thing', listThirdParty([install('a', 'LICENSE.txt')]))).toMatch(
      /^The built thing contains .*\n\n-+\n\na 1\.2\.3 \(ISC\)\n\nText of a\n$/,
    );
  });
});
