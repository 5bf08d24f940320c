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
const DELIVERED = { verdict: 'delivered' };

describe('the built Function delivers a mixed batch', () => {
  it.each(UNCERTAIN)('without %s', async (name) => {
    await expectAllDelivered({ without: [name] });
  });

  it('without any of them', async () => {
    await expectAllDelivered({ without: UNCERTAIN });
  });

  it.each(['forgets', 'throws'] as const)('with a cache that %s, at the cost of look-ups alone', async (cache) => {
    const rounds = await expectAllDelivered({ cache });
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
    await onSandbox(async ({ host, sandbox, settings }) => {
      const verdicts: Verdict[] = [];
      for (const { event } of BATCH) verdicts.push(await host.deliver(event, settings));
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(expectedVerdicts());
      const positions = BATCH.map((_, at) => at);
      expect(findNotTakenOnce(BATCH, [{ positions, verdicts, requests: sandbox.requests() }])).toEqual([]);
    });
  });
});

describe('two destinations on one instance', () => {
  const identify = { type: 'identify', userId: 'ann', traits: { plan: 'pro' } };
  const track = { type: 'track', userId: 'ann', event: 'Signed Up', receivedAt: '2020-01-01T00:00:00.000Z' };
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
    expect(await host.deliver(identify, one)).toEqual(DELIVERED);
    expect(await host.deliver(track, other)).toMatchObject({ verdict: 'discarded', errorName: 'InvalidEventPayload' });
    expect(await host.deliver(track, one)).toEqual(DELIVERED);
    const requests = [...first.requests(), ...second.requests()];
    expect(requests.map(({ method, status }) => [method, status])).toEqual(
      difference === 'another key'
        ? [['POST', 202], ['GET', 404], ['POST', 202]]
        : [['POST', 202], ['POST', 202], ['GET', 404]],
    ); // prettier-ignore
  });

  it('do not forget each other’s users', async () => {
    const host = createBuiltFunction();
    const one = { apiKey: 'key-of-one', endpoint: first.url };
    const other = { apiKey: 'key-of-other', endpoint: first.url };
    for (const settings of [one, other]) await host.deliver(identify, settings);
    expect(await host.deliver({ type: 'delete', userId: 'ann' }, other)).toEqual(DELIVERED);
    expect(await host.deliver(track, one)).toEqual(DELIVERED);
    expect(first.requests().filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('are called at once, each with its own settings, and mix nothing', async () => {
    const host = createBuiltFunction();
    const names = Array.from({ length: 10 }, (_, at) => `destination-${at}`);
    await Promise.all(
      names.map((name, at) =>
        host.deliverBatch([identify, { ...track, event: 'Was' }], {
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
    const [refused] = await host.deliverBatch([identify], { apiKey: 'wrong', endpoint: first.url });
    expect(refused).toMatchObject({ verdict: 'discarded', status: 400 });
    expect(await host.deliverBatch([identify], { apiKey: 'right', endpoint: first.url })).toEqual([
      { verdict: 'delivered', status: 200 },
    ]);
  });
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
    expect(rounds.flatMap((round) => findWrongResults(BATCH, round))).toEqual([]);
    expect(findNotTakenOnce(BATCH, rounds)).toEqual([]);
    return rounds;
  }, options);
}

function expectedVerdicts(): readonly string[] {
  return BATCH.map(({ fate }) => (fate === 'discarded' ? 'discarded' : 'delivered'));
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  return Object.freeze(value);
}
