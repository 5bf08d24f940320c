import type { FunctionHostOptions, Verdict } from '@segment-userleap/segment-runtime';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { createBuiltFunction, onSandbox } from '../src/limits/function-on-sandbox';
import { findNotTakenOnce, findWrongResults } from '../src/limits/judge-rounds';
import { mixedBatch } from '../src/limits/mixed-batch';
import { playUntilSettled } from '../src/limits/play-until-settled';
import type { Round } from '../src/limits/play-until-settled';

// Segment does not promise them.
const UNCERTAIN = [
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'structuredClone',
  'performance',
  'queueMicrotask',
  'process',
  'setImmediate',
];
const BATCH = mixedBatch(20);
const IDENTIFY = { type: 'identify', userId: 'ann', traits: { plan: 'pro' } };
const TRACK = { type: 'track', userId: 'ann', event: 'Signed Up', receivedAt: '2020-01-01T00:00:00.000Z' };
const DELIVERED = { verdict: 'delivered' };

describe('the built Function delivers a mixed batch', () => {
  it.each(UNCERTAIN)('without %s', async (name) => {
    await expectAllDelivered({ without: [name] });
  });

  it('without any of them', async () => {
    await expectAllDelivered({ without: UNCERTAIN });
  });

  it.each([
    ['no crypto', { without: ['crypto'] }],
    ['a crypto that cannot hash', { replace: { crypto: {} } }],
    ['no console', { without: ['console'] }],
    ['a console that throws', { replace: { console: { log: fail } } }],
  ])('with %s', async (_, options) => {
    await expectAllDelivered(options);
  });

  it.each([
    ['that forgets', { cache: 'forgets' }],
    ['that throws', { cache: 'throws' }],
    ['that hangs', { cache: 'hangs' }],
    ['that is not there', { without: ['cache'] }],
  ] as const)('with a cache %s, at the cost of look-ups alone', async (_, options) => {
    const rounds = await expectAllDelivered(options);
    const lookUps = rounds.flatMap(({ requests }) => requests.filter(({ method }) => method === 'GET'));
    // The old user of the Alias is always looked up, the new one only where nothing is remembered.
    expect(lookUps.map(({ path }) => path)).toEqual(['/v2/users/old-0', '/v2/users/new-0']);
  });

  it('of another realm that must not be changed', async () => {
    await onSandbox(
      async ({ host, settings }) => {
        const events = BATCH.map(({ event }) => deepFreeze(structuredClone(event)));
        const verdicts = await host.deliverBatch(Object.freeze(events), deepFreeze({ ...settings, denyTraits: ['x'] }));
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(expectedVerdicts());
      },
      { eventRealm: 'outside' },
    );
  });

  it('one by one through the single handlers', async () => {
    let now = Date.now();
    await onSandbox(
      async ({ host, sandbox, settings }) => {
        const verdicts: Verdict[] = [];
        for (const { event } of BATCH) {
          verdicts.push(await host.deliver(event, settings));
          // By the next call UserLeap shows what it was told in this one.
          now += 11_000;
        }
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(expectedVerdicts());
        const positions = BATCH.map((_, at) => at);
        expect(findNotTakenOnce(BATCH, [{ positions, verdicts, requests: sandbox.requests() }])).toEqual([]);
      },
      { now: () => now },
    );
  });
});

describe('two destinations on one instance', () => {
  let first: Sandbox;
  let second: Sandbox;

  beforeEach(async () => {
    [first, second] = await Promise.all([startSandbox({ applyDelayMs: 0 }), startSandbox({ applyDelayMs: 0 })]);
  });

  afterEach(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it.each(['another key', 'another endpoint'])('do not know of each other’s users: %s', async (difference) => {
    const host = createBuiltFunction();
    const one = { apiKey: 'key-of-one', endpoint: first.url };
    const other = difference === 'another key' ? { ...one, apiKey: 'key-of-other' } : { ...one, endpoint: second.url };
    expect(await host.deliver(IDENTIFY, one)).toEqual(DELIVERED);
    expect(await host.deliver(TRACK, other)).toMatchObject({ verdict: 'discarded', errorName: 'InvalidEventPayload' });
    expect(await host.deliver(TRACK, one)).toEqual(DELIVERED);
    const requests = [...first.requests(), ...second.requests()];
    expect(requests.map(({ method, status }) => [method, status])).toEqual(
      difference === 'another key'
        ? [['POST', 202], ['GET', 404], ['POST', 202]]
        : [['POST', 202], ['POST', 202], ['GET', 404]],
    ); // oxfmt-ignore
  });

  it('do not forget each other’s users', async () => {
    const host = createBuiltFunction();
    const one = { apiKey: 'key-of-one', endpoint: first.url };
    const other = { apiKey: 'key-of-other', endpoint: first.url };
    for (const settings of [one, other]) await host.deliver(IDENTIFY, settings);
    expect(await host.deliver({ type: 'delete', userId: 'ann' }, other)).toEqual(DELIVERED);
    expect(await host.deliver(TRACK, one)).toEqual(DELIVERED);
    expect(first.requests().filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('are called at once, each with its own settings, and mix nothing', async () => {
    const host = createBuiltFunction();
    const names = Array.from({ length: 10 }, (_, at) => `destination-${at}`);
    await Promise.all(
      names.map((name, at) =>
        host.deliverBatch([IDENTIFY, { ...TRACK, event: 'Was' }], {
          apiKey: name,
          endpoint: (at % 2 === 0 ? first : second).url,
          eventNames: { Was: name },
        }),
      ),
    );
    for (const [parity, sandbox] of [first, second].entries()) {
      const own = names.filter((_, at) => at % 2 === parity);
      const upserts = sandbox.requests().map(({ environment, bodyText }) => [environment, bodyText] as const);
      expect(new Set(upserts.map(([environment]) => environment)).size).toBe(own.length);
      expect(upserts.map(([, text]) => /"event":"([^"]*)"/.exec(text)?.[1]).sort()).toEqual(own);
    }
    expect(host.consoleOutput()).toEqual([]);
  });

  it('keep a wrong key to themselves', async () => {
    const host = createBuiltFunction();
    first.addFault({ status: 401 });
    const [refused] = await host.deliverBatch([IDENTIFY], { apiKey: 'wrong', endpoint: first.url });
    expect(refused).toMatchObject({ verdict: 'discarded', status: 400 });
    expect(await host.deliverBatch([IDENTIFY], { apiKey: 'right', endpoint: first.url })).toEqual([
      { verdict: 'delivered', status: 200 },
    ]);
  });
});

describe('what goes wrong in the Function itself', () => {
  it.each([
    ['a global that is missing', { without: ['Date'] }, 'ReferenceError'],
    ['a global that throws', { replace: { Date: { now: fail } } }, 'Error'],
    ['a global that is missing, as RetryError is', { without: ['Date', 'RetryError'] }, 'ReferenceError'],
  ])('is retried, alone and in a batch: %s', async (_, options, name) => {
    await onSandbox(async ({ host, settings }) => {
      const message = `the Function failed (${name}); Segment sends it again`;
      const retried = { verdict: 'retried', errorName: 'RetryError', message };
      const events = [IDENTIFY, TRACK];
      expect(await host.deliver(IDENTIFY, settings)).toEqual(retried);
      expect(await host.deliverBatch(events, settings)).toEqual(events.map(() => retried));
    }, options);
  });

  it('is retried: an event that cannot be read', async () => {
    const trap = Object.defineProperty({ ...IDENTIFY }, 'traits', { get: fail });
    await onSandbox(
      async ({ host, settings }) => {
        const retried = expect.objectContaining({ verdict: 'retried', errorName: 'RetryError' }) as unknown;
        expect(await host.deliver(trap, settings)).toEqual(retried);
        expect(await host.deliverBatch([IDENTIFY, trap], settings)).toEqual([retried, retried]);
      },
      { eventRealm: 'outside' },
    );
  });

  it.each(['fetch', 'setTimeout'])('is a failure of the network where there is no %s', async (name) => {
    await onSandbox(
      async ({ host, settings }) => {
        expect(await host.deliverBatch([IDENTIFY], settings)).toMatchObject([{ verdict: 'retried', status: 500 }]);
      },
      { without: [name] },
    );
  });

  it('is of no account once UserLeap has taken the events: a console that throws', async () => {
    await onSandbox(
      async ({ host, settings }) => {
        const leftOut = { ...IDENTIFY, traits: { plan: 'pro', tags: [{}] } };
        expect(await host.deliver(leftOut, settings)).toEqual(DELIVERED);
        expect(await host.deliverBatch([leftOut], settings)).toEqual([{ ...DELIVERED, status: 200 }]);
      },
      { replace: { console: { log: fail } } },
    );
  });
});

it('the key stands in no key of the cache', async () => {
  const keys: string[] = [];
  const load = (key: string, _ttlMs: number, loadValue: () => unknown) => (keys.push(key), loadValue());
  await onSandbox(
    async ({ host, settings }) => {
      await host.deliverBatch([IDENTIFY], settings);
      expect(keys).toEqual([
        expect.stringMatching(/^userleap:memory:\d+:ann$/),
        expect.stringMatching(/^userleap:answered:\d+:$/),
        expect.stringMatching(/^userleap:told:\d+:ann$/),
        expect.stringMatching(/^userleap:known:\d+:ann$/),
        expect.stringMatching(/^userleap:known:\d+:ann$/),
      ]);
    },
    { replace: { cache: { load, delete: () => undefined } } },
  );
});

it('what is left out is written to the console, of a huge batch at most 1,000 lines', async () => {
  await onSandbox(async ({ host, settings }) => {
    const traits = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`trait-${at}`, {}.toString]));
    const events = Array.from({ length: 20 }, (_, at) => ({ type: 'identify', userId: `user-${at}`, traits }));
    await host.deliverBatch(events, settings);
    expect(host.consoleOutput()).toHaveLength(1_000);
    expect(host.consoleOutput()[0]).toBe('left out: trait-0 (unsupported_value)');
  });
});

/** In one call: all that can be sent is sent once, and said so. */
async function expectAllDelivered(options: Partial<FunctionHostOptions>): Promise<readonly Round[]> {
  return onSandbox(async ({ host, sandbox, settings }) => {
    const rounds = await playUntilSettled(host, sandbox, settings, BATCH, async () => undefined);
    expect(rounds).toHaveLength(1);
    expect(rounds.flatMap((round, at) => findWrongResults(BATCH, round, rounds.slice(0, at)))).toEqual([]);
    expect(findNotTakenOnce(BATCH, rounds)).toEqual([]);
    return rounds;
  }, options);
}

function fail(): never {
  throw new Error('out of order');
}

function expectedVerdicts(): readonly string[] {
  return BATCH.map(({ fate }) => (fate === 'discarded' ? 'discarded' : 'delivered'));
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  return Object.freeze(value);
}
