import { call } from '../src/doors/call';
import { DOOR_EVENTS, DOOR_OUTCOMES, DOOR_REQUESTS, isUnsupported } from '../src/doors/door-events';
import { DOORS, sharedSecretOf } from '../src/doors/doors';
import type { Door } from '../src/doors/doors';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';

const NAMES = DOORS.map(({ name }) => name);

describe('the same events', () => {
  let group: RelayOnSandboxes;
  let requestsOf: (name: string) => Promise<readonly string[]>;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start(NAMES.map((name) => ({ name, sharedSecrets: [sharedSecretOf(name)] })));
    requestsOf = sideBySide(NAMES, (name) => pass(DOORS.find((door) => door.name === name) as Door));
  });

  afterAll(async () => {
    await group.stop();
  });

  it.each(NAMES)('come through %s as the same requests', async (name) => {
    expect(await requestsOf(name)).toEqual(DOOR_REQUESTS);
  });

  it.each(NAMES)('come through %s to the same outcomes', async (name) => {
    await requestsOf(name);
    const events = await group.of(name).events();
    expect(events.map(({ type, state, reason }) => [type, state, reason])).toEqual(DOOR_OUTCOMES);
  });

  /** Hands the events over, each when the one before has its end, so that requests can be compared. */
  async function pass({ name, callFor, tellsUnsupported = false }: Door): Promise<readonly string[]> {
    const destination = group.of(name);
    for (const [at, event] of DOOR_EVENTS.entries()) {
      const { path, ...options } = callFor(event, destination);
      const { status } = await call(group.relay, path, options);
      const expected = tellsUnsupported && isUnsupported(at) ? 501 : 200;
      if (status !== expected) throw new Error(`${event.type} was answered ${status}, not ${expected}`);
      await destination.settled(at + 1);
    }
    return destination.requests().map(({ method, path, bodyText }) => `${method} ${path} ${bodyText}`.trim());
  }
});
