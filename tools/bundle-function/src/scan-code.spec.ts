import { scanCode } from './scan-code';

const GOOD =
  'var impl = (() => ({ onTrack: async () => undefined }))();\nasync function onTrack(e, s) { return impl.onTrack(e, s); }';

describe(scanCode.name, () => {
  it.each([
    ['function declarations', GOOD],
    [
      'what Segment preloads',
      'async function onTrack() { await fetch(_.get(cache, crypto)); throw new RetryError(""); }',
    ],
    [
      'properties and own variables with a forbidden name',
      '(() => { const process = { exports: 1 }; return process.exports; })();',
    ],
    ['a handler as const inside of a function', '(() => { const onTrack = 1; return onTrack; })();'],
    ['questions for what may be missing', 'var has = typeof AbortController + typeof process;'],
    ['a comment that speaks to a linter', `/* eslint no-undef: "off" */\n${GOOD} // eslint-disable-line`],
  ])('takes %s', (_, code) => {
    expect(scanCode(code)).toEqual([]);
  });

  it.each([
    ['const', 'const onTrack = async () => undefined;'],
    ['let', 'let onTrack = async () => undefined;'],
    ['var', 'var onTrack = async () => undefined;'],
    ['a list', 'const a = 1, onBatch = async () => [];'],
    ['a pattern', 'const { onTrack } = { onTrack: async () => undefined };'],
    ['a renaming pattern', 'const { a: [onTrack] } = { a: [] };'],
    ['a class', 'class onTrack {}'],
  ])('refuses a handler at the top by %s', (_, code) => {
    expect(new Set(scanCode(`${GOOD.replaceAll('onTrack', 'onPage')}\n${code}`))).toEqual(
      new Set(['line 3: A handler has to be a top-level function declaration.']),
    );
  });

  it.each([
    ['an import', "import fs from 'fs';", /^line 1: Parsing error: 'import' and 'export'/],
    ['an export', 'export async function onTrack() {}', /^line 1: Parsing error: 'import' and 'export'/],
    ['a top-level await', 'await Promise.resolve();', /^line 1: Parsing error: /],
    ['an import()', "var fs = import('fs');", /^line 1: import\(\) is not there\.$/],
    ['a require', "var fs = require('fs');", /^line 1: 'require' is not defined\.$/],
    ['module.exports', 'module.exports = {};', /^line 1: 'module' is not defined\.$/],
    ['process', 'var key = process.env.KEY;', /^line 1: 'process' is not defined\.$/],
    ['a name that nobody declared', 'onTrack(structuredCloned);', /'structuredCloned' is not defined\.$/],
    ['eval', "eval('1');", /eval/],
    ['new Function', "new Function('return 1');", /Function constructor/],
    ['Function by another name', "(() => {}).constructor('return 1');", /Code may not be made from text\.$/],
    ['a timer with text', "setTimeout('1', 1);", /Implied eval/],
    ['what only a newer Node reads', 'var a = /[\\p{L}--[a-z]]/v;', /Parsing error/],
  ])('refuses %s', (_, code, finding) => {
    expect(scanCode(code)).toContainEqual(expect.stringMatching(finding));
  });

  it('tells the line', () => {
    expect(scanCode('\n\nself.onTrack = 1;')).toEqual(["line 3: 'self' is not defined."]);
  });
});
