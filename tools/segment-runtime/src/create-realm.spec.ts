import { type Context, runInContext } from 'node:vm';
import { consoleOf } from '../test/console-of';
import { createFunctionHost } from './create-function-host';
import { createRealm, removeGlobals } from './create-realm';

const MAY_BE_MISSING = [
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'structuredClone',
  'performance',
  'queueMicrotask',
  'process',
  'setImmediate',
];

const TO_COUNT_ON = [
  'fetch',
  '_',
  'crypto',
  'Buffer',
  'URL',
  'URLSearchParams',
  'btoa',
  'atob',
  'console',
  'setTimeout',
  'clearTimeout',
  'cache',
];

const ERROR_CLASSES = ['RetryError', 'EventNotSupported', 'InvalidEventPayload', 'ValidationError'];

const ABSENT = [
  'require',
  'module',
  'exports',
  'global',
  'window',
  'setInterval',
  'Headers',
  'AbortSignal',
  'DropEvent',
];

function typesOf(names: readonly string[]) {
  return `console.log(${names.map((name) => `typeof ${name}`).join(',')});`;
}

function namesOf(realm: Context) {
  return runInContext('Object.getOwnPropertyNames(globalThis)', realm) as string[];
}

describe(createRealm.name, () => {
  it('adds exactly the globals of Segment to those of the language', async () => {
    const names = await consoleOf('Object.getOwnPropertyNames(globalThis).forEach((name) => console.log(name))');
    // A bare realm has a console of its own.
    const language = namesOf(createRealm({})).filter((name) => name !== 'console');
    const expected = [...language, ...TO_COUNT_ON, ...MAY_BE_MISSING, ...ERROR_CLASSES, 'onTrack'];
    expect([...names].sort()).toEqual(expected.sort());
  });

  it.each(ABSENT)('has no %s', async (name) => {
    expect(await consoleOf(typesOf([name]))).toEqual(['undefined']);
  });

  it('gives its globalThis nothing of the host to inherit', async () => {
    const body = `console.log(
      globalThis.constructor instanceof Function, globalThis.hasOwnProperty === Object.prototype.hasOwnProperty
    )`;
    expect(await consoleOf(body)).toEqual(['true true']);
  });

  it('bases the error classes on its own Error', async () => {
    const checks = ERROR_CLASSES.map((name) => `new ${name}('m') instanceof Error, new ${name}('m').toString()`);
    expect(await consoleOf(`console.log(${checks.join(',')})`)).toEqual([
      ERROR_CLASSES.map((name) => `true ${name}: m`).join(' '),
    ]);
  });

  it('shows a process without environment, and none of the host', async () => {
    expect(await consoleOf('console.log(Object.keys(process.env).length, typeof process.exit)')).toEqual([
      '0 undefined',
    ]);
  });

  it('has the crypto module of Node and lodash 4', async () => {
    const body = "console.log(crypto.createHash('sha256').update('a').digest('hex').slice(0, 6), _.VERSION)";
    expect(await consoleOf(body)).toEqual(['ca9781 4.17.21']);
  });
});

describe(removeGlobals.name, () => {
  it.each([...MAY_BE_MISSING, 'WeakRef', 'console', 'cache'])('takes %s away', async (name) => {
    const code = `async function onTrack() { if (typeof ${name} !== 'undefined' || '${name}' in globalThis) throw 1; }`;
    const host = createFunctionHost({ code, loader: 'script', without: [name] });
    expect(await host.deliver({ type: 'track' }, {})).toEqual({ verdict: 'delivered' });
  });

  it('leaves the others', async () => {
    expect(await consoleOf(typesOf(['process', 'TextEncoder']), { without: ['process'] })).toEqual([
      'undefined function',
    ]);
  });

  it('does so before the code loads', () => {
    const load = () => createFunctionHost({ code: 'new TextEncoder();', loader: 'wrapper', without: ['TextEncoder'] });
    expect(load).toThrow(/TextEncoder is not defined/);
  });
});
