import type { Fault } from '@segment-userleap/userleap-sandbox';
import { takeSnapshot } from '../src/play-outage';
import type { Snapshot } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import { apiKeyOf } from '../src/tested-destination';
import type { TestedDestination } from '../src/tested-destination';

const USERS = ['a', 'b', 'c', 'd', 'e'];
// Of each user once, which pauses the destination, of a few a second time, and of the first probes.
const FAILURES = USERS.length + 3;
// So that all of them are asked for before the first answer, or nearly so.
const ANSWER_MS = 1_000;

/** What is wrong with the profile of a user that is looked up, so that its attributes can be carried over. */
const CASES: readonly (readonly [name: string, fault: Fault])[] = [
  ['truncated', { truncate: true }],
  ['reset in the middle', { reset: 'middle' }],
  ['garbage', { body: '<html>It works!</html>' }],
  // Good JSON, if one were to read all of it: twice as much as is read.
  ['of 2 MB', { body: { externalUserId: 'a', attributes: {}, events: [], junk: 'x'.repeat(2 * 1024 * 1024) } }],
];
const NAMES = CASES.map(([name]) => name);

describe('a profile that is', () => {
  let group: RelayOnSandboxes;
  let playOf: (name: string) => Promise<Snapshot>;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start(NAMES.map((name) => ({ name })));
    for (const [name, fault] of CASES) {
      await createOldUsers(group.of(name));
      group.of(name).sandbox.addFault({ ...fault, match: { method: 'GET' }, times: FAILURES, delayMs: ANSWER_MS });
    }
    playOf = sideBySide(NAMES, (name) => renameUsers(group.of(name)));
  });

  afterAll(async () => {
    await group.stop();
  });

  describe.each(CASES)('%s', (name) => {
    it('carries nothing over, and pauses the destination', async () => {
      const { destination, requests } = await playOf(name);
      const failed = requests.slice(USERS.length, USERS.length + FAILURES);
      expect(failed.map(({ method }) => method)).toEqual(failed.map(() => 'GET'));
      expect(group.output()).toContain(`destination ${destination.name} is paused (unexpected_reply)`);
    });

    it('is asked for again until it can be read', async () => {
      const { destination, events } = await playOf(name);
      expect(destination).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
      expect(events.map(({ state }) => state)).toEqual(USERS.map(() => 'delivered'));
      const failures = events.flatMap(({ history }) => history.filter(({ reason }) => reason === 'unexpected_reply'));
      expect(failures.reduce((sum, { times }) => sum + times, 0)).toBe(FAILURES);
      const users = group.of(name).sandbox.users();
      const renamed = users.filter(({ externalUserId }) => externalUserId.startsWith('new-'));
      expect(renamed.map(({ attributes }) => attributes)).toEqual(USERS.map(() => ({ plan: 'pro' })));
    });
  });
});

/** As another client of UserLeap would. */
async function createOldUsers({ name, sandbox }: TestedDestination): Promise<void> {
  const headers = { authorization: `API-Key ${apiKeyOf(name)}`, 'content-type': 'application/json' };
  for (const user of USERS) {
    const body = JSON.stringify({ userId: `old-${user}`, attributes: { plan: 'pro' } });
    await fetch(`${sandbox.url}/v2/users`, { method: 'POST', headers, body });
  }
}

async function renameUsers(destination: TestedDestination): Promise<Snapshot> {
  await destination.accept(USERS.map((user) => ({ type: 'alias', previousId: `old-${user}`, userId: `new-${user}` })));
  await destination.settled(USERS.length);
  return takeSnapshot(destination);
}
