import { call } from '../src/doors/call';
import { DOOR_CASES, EARLIER_USER, NOT_FOR_US_CASE, ROUTED_CASE } from '../src/doors/door-events';
import type { DoorCase } from '../src/doors/door-events';
import { DOORS, sharedSecretOf } from '../src/doors/doors';
import type { Door } from '../src/doors/doors';
import { onSandbox } from '../src/limits/function-on-sandbox';
import type { FunctionOnSandbox } from '../src/limits/function-on-sandbox';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import { apiKeyOf } from '../src/tested-destination';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';

const NAMES = DOORS.map(({ name }) => name);
const SETTINGS = { trackScreens: true };

/** What came of a case at one door. */
interface Passed {
  readonly status: number;
  readonly requests: readonly string[];
  readonly state: string;
  readonly reason: string | null;
}

describe('the same events', () => {
  let group: RelayOnSandboxes;
  let passedThrough: (name: string) => Promise<readonly Passed[]>;

  beforeAll(async () => {
    const plans = NAMES.map((name) => ({ name, sharedSecrets: [sharedSecretOf(name)], settings: SETTINGS }));
    group = await RelayOnSandboxes.start(plans);
    passedThrough = sideBySide(NAMES, (name) => pass(doorOf(name)));
  });

  afterAll(async () => {
    await group.stop();
  });

  it.each(NAMES)('come through %s as the same requests, to the same outcomes', async (name) => {
    expect(await passedThrough(name)).toEqual(casesFor(doorOf(name)).map((given) => promiseOf(given, doorOf(name))));
  });

  it.each([
    ['single', ({ host, settings }: FunctionOnSandbox, event: object) => host.deliver(event, settings)],
    [
      'as a batch',
      async ({ host, settings }: FunctionOnSandbox, event: object) => (await host.deliverBatch([event], settings))[0],
    ],
  ] as const)('come through the Function, %s, as the same requests, to the same outcomes', async (_, deliver) => {
    await onSandbox(async (pair) => {
      const withScreens = { ...pair, settings: { ...pair.settings, ...SETTINGS } };
      const requestsSince = await requestsFrom(pair.sandbox, String(pair.settings['apiKey']));
      for (const given of casesFor({})) {
        const verdict = await deliver(withScreens, given.event);
        expect({ requests: requestsSince(), verdict }).toEqual({
          requests: given.requests,
          verdict: expect.objectContaining(verdictOf(given)),
        });
      }
    });
  });

  /** Hands the events over, each when the one before has its end, so that requests can be compared. */
  async function pass(door: Door): Promise<readonly Passed[]> {
    const destination = group.of(door.name);
    const requestsSince = await requestsFrom(destination.sandbox, apiKeyOf(destination.name));
    const passed: Passed[] = [];
    let kept = 0;
    for (const { event } of casesFor(door)) {
      const { path, ...options } = door.callFor(event, destination);
      const { status } = await call(group.relay, path, options);
      const { state, reason } = status === 400 ? REFUSED : ((await destination.settled(++kept)).at(-1) ?? REFUSED);
      passed.push({ status, requests: requestsSince(), state, reason });
    }
    return passed;
  }
});

/** An event that is wrong is not kept where it comes alone: the sender hears it at once. */
const REFUSED = { state: 'refused', reason: null };

function doorOf(name: string): Door {
  return DOORS.find((door) => door.name === name) as Door;
}

function casesFor({ isFirst = false }: Pick<Door, 'isFirst'>): readonly DoorCase[] {
  return [...DOOR_CASES, isFirst ? NOT_FOR_US_CASE : ROUTED_CASE];
}

function promiseOf({ requests, state = 'delivered', reason = null }: DoorCase, door: Door): Passed {
  if (state === 'rejected' && door.isForOne) return { status: 400, requests, ...REFUSED };
  return { status: state === 'unsupported' && door.tellsUnsupported ? 501 : 200, requests, state, reason };
}

function verdictOf({ state = 'delivered' }: DoorCase): Record<string, unknown> {
  return { verdict: state === 'delivered' || state === 'filtered' ? 'delivered' : 'discarded' };
}

/** Makes the earlier user, and hands out what UserLeap got since the last time. */
async function requestsFrom(sandbox: Sandbox, apiKey: string): Promise<() => readonly string[]> {
  const headers = { authorization: `API-Key ${apiKey}`, 'content-type': 'application/json' };
  const { status } = await fetch(`${sandbox.url}/v2/users`, {
    method: 'POST',
    headers,
    body: JSON.stringify(EARLIER_USER),
  });
  if (status !== 202) throw new Error(`UserLeap answered ${status}`);
  let seen = sandbox.requests().length;
  return () => {
    const news = sandbox.requests().slice(seen);
    seen += news.length;
    return news.map(({ method, path, bodyText }) => `${method} ${path} ${bodyText}`.trim());
  };
}
