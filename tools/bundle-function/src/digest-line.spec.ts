import { addDigestLine, readDigestLine } from './digest-line';

const CODE = 'async function onTrack() {}\n// the end\n';
const BUILT = `// the banner\n// of two lines\n${addDigestLine(CODE)}`;

describe(addDigestLine.name, () => {
  it('writes the same line for the same code', () => {
    expect(addDigestLine(CODE)).toBe(`// Digest of what follows: 0c90d874c5c14530\n${CODE}`);
  });
});

describe(readDigestLine.name, () => {
  it('finds what was built unchanged, below a banner', () => {
    expect(readDigestLine(BUILT)).toEqual({ digest: 'matches', code: CODE.trimEnd() });
  });

  it('takes other line ends and a missing last one for unchanged', () => {
    expect(readDigestLine(BUILT.trimEnd().replaceAll('\n', '\r\n'))).toEqual(readDigestLine(BUILT));
  });

  it('takes another banner for unchanged', () => {
    expect(readDigestLine(`// another version\n${addDigestLine(CODE)}`)).toEqual(readDigestLine(BUILT));
  });

  it.each([
    ['a changed line', BUILT.replace('onTrack', 'onPage')],
    ['a line in front', BUILT.replace('async', '// by hand\nasync')],
    ['a line at the end', `${BUILT}// by hand\n`],
  ])('sees %s', (_, edited) => {
    expect(readDigestLine(edited)).toMatchObject({ digest: 'differs' });
  });

  it('gives the code without the comments at the top where there is no digest', () => {
    expect(readDigestLine(`// an older banner\n${CODE}`)).toEqual({ digest: 'missing', code: CODE.trimEnd() });
  });

  it('does not take a line inside the code for the digest', () => {
    expect(readDigestLine(`let first;\n${addDigestLine(CODE)}`)).toMatchObject({ digest: 'missing' });
  });
});
