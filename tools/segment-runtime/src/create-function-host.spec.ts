import { createFunctionHost } from './create-function-host';

const ALL_SINGLE = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete'];

function nameOf(type: string) {
  return `on${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}

describe(createFunctionHost.name, () => {
  it.each(ALL_SINGLE)('gives a %s event and the settings to its handler', async (type) => {
    const code = ALL_SINGLE.map(
      (each) =>
        `async function ${nameOf(each)}(event, settings) { console.log('${nameOf(each)}', event.id, settings.key); }`,
    ).join('\n');
    const host = createFunctionHost({ code, loader: 'wrapper' });
    expect(await host.deliver({ type, id: 'e1' }, { key: 'k' })).toEqual({ verdict: 'delivered' });
    expect(host.consoleOutput()).toEqual([`${nameOf(type)} e1 k`]);
  });

  it('discards an event without a handler as unsupported', async () => {
    const host = createFunctionHost({ code: 'function onTrack() {}', loader: 'wrapper' });
    expect(await host.deliver({ type: 'page' }, {})).toEqual({
      verdict: 'discarded',
      as: 'unsupported',
      errorName: 'EventNotSupported',
      message: 'onPage is not defined',
    });
  });

  it.each([[{ type: 'constructor' }], [{ type: 'batch' }], [{}], [null], ['track']])(
    'discards %j as unsupported',
    async (event) => {
      const host = createFunctionHost({ code: 'function onTrack() {} function onBatch() {}', loader: 'wrapper' });
      expect(await host.deliver(event, {})).toMatchObject({ verdict: 'discarded', as: 'unsupported' });
    },
  );

  it('discards a whole batch as unsupported when there is no onBatch', async () => {
    const host = createFunctionHost({ code: 'function onTrack() {}', loader: 'wrapper' });
    const unsupported = expect.objectContaining({ verdict: 'discarded', as: 'unsupported' }) as unknown;
    expect(await host.deliverBatch([{}, {}], {})).toEqual([unsupported, unsupported]);
  });

  it('ignores what a single handler returns', async () => {
    const host = createFunctionHost({ code: 'function onTrack() { return { status: 500 }; }', loader: 'wrapper' });
    expect(await host.deliver({ type: 'track' }, {})).toEqual({ verdict: 'delivered' });
  });

  it('puts globals of the caller in the place of its own', async () => {
    const said: unknown[] = [];
    const code = 'function onTrack() { console.log(crypto.createHash); }';
    const replace = { console: { log: (value: unknown) => said.push(value) }, crypto: {} };
    const host = createFunctionHost({ code, loader: 'wrapper', replace });
    expect(await host.deliver({ type: 'track' }, {})).toEqual({ verdict: 'delivered' });
    expect([said, host.consoleOutput()]).toEqual([[undefined], []]);
  });

  it('keeps the state of two hosts apart', async () => {
    const code = 'globalThis.calls = (globalThis.calls ?? 0) + 1; function onTrack() { console.log(calls); }';
    const hosts = [1, 2].map(() => createFunctionHost({ code, loader: 'script' }));
    await Promise.all(hosts.map((host) => host.deliver({ type: 'track' }, {})));
    expect(hosts.map((host) => host.consoleOutput())).toEqual([['1'], ['1']]);
  });
});
