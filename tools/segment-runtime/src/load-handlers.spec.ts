import { createFunctionHost } from './create-function-host';
import { loadHandlers } from './load-handlers';

const HANDLER = '() => undefined';

function handlersOf(code: string, loader: 'wrapper' | 'script') {
  return createFunctionHost({ code, loader }).handlers;
}

describe(loadHandlers.name, () => {
  describe.each(['wrapper', 'script'] as const)('as %s', (loader) => {
    it('sees function declarations', () => {
      const code = 'async function onBatch() {}\nfunction onTrack() {}\nfunction somethingElse() {}';
      expect(handlersOf(code, loader)).toEqual(['onTrack', 'onBatch']);
    });

    it('sees the declarations of a bundle that ends in a comment', () => {
      const code = `var impl = (() => ({ onTrack: ${HANDLER} }))();\nasync function onTrack(e, s) { return impl.onTrack(e, s); } // end`;
      expect(handlersOf(code, loader)).toEqual(['onTrack']);
    });

    it('leaves out a handler that is not a function', () => {
      expect(handlersOf('var onTrack = 1;', loader)).toEqual([]);
    });

    it('shares the state of the code between calls', async () => {
      const host = createFunctionHost({
        code: 'let calls = 0; function onTrack() { console.log(++calls); }',
        loader,
      });
      await host.deliver({ type: 'track' }, {});
      await host.deliver({ type: 'track' }, {});
      expect(host.consoleOutput()).toEqual(['1', '2']);
    });

    it.each([
      ['a syntax error', 'function onTrack( {', /does not load: SyntaxError/],
      ['an import', "import x from 'x';", /does not load: SyntaxError/],
      ['an export', 'export function onTrack() {}', /does not load: SyntaxError/],
      ['a top-level await', 'await 1;', /does not load: SyntaxError/],
      ['a bracket that would end the wrapper', '}); ({', /does not load: SyntaxError/],
      ['a require', "require('fs');", /does not load: ReferenceError: require is not defined/],
      ['a throw', "throw new Error('too early');", /does not load: Error: too early/],
    ])('refuses %s', (_what, code, message) => {
      expect(() => handlersOf(code, loader)).toThrow(message);
    });

    it('refuses code that does not finish loading', () => {
      const load = () => createFunctionHost({ code: 'for (;;);', loader, loadTimeLimitMs: 10 });
      expect(load).toThrow(/does not load: .*timed out/);
    });
  });

  it('refuses a const handler in the wrapper, where its name is a parameter', () => {
    expect(() => handlersOf(`const onTrack = ${HANDLER};`, 'wrapper')).toThrow(/SyntaxError.*onTrack/);
  });

  it('sees a const handler in a script', () => {
    expect(handlersOf(`const onTrack = ${HANDLER};`, 'script')).toEqual(['onTrack']);
  });

  it('does not see a handler on globalThis in the wrapper', () => {
    expect(handlersOf(`globalThis.onTrack = ${HANDLER};`, 'wrapper')).toEqual([]);
  });

  it('sees a handler on globalThis in a script', () => {
    expect(handlersOf(`globalThis.onTrack = ${HANDLER};`, 'script')).toEqual(['onTrack']);
  });
});
