import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const ID = 'ann-7f3a';
const EMAIL = 'ann.private@example.com';
const OF_ANOTHER = 'bob.private@example.com';
const EVENTS = [
  { type: 'identify', userId: `before-${ID}`, traits: { email: EMAIL } },
  { type: 'alias', userId: ID, previousId: `before-${ID}` },
  { type: 'track', userId: ID, event: 'Clicked', properties: { email: EMAIL } },
  { type: 'track', userId: ID, event: 5, properties: { email: EMAIL } }, // becomes a dead letter
  { type: 'identify', userId: 'bob', traits: { email: OF_ANOTHER } },
];
const DELETES = [ID, `before-${ID}`].map((userId) => ({
  type: 'delete',
  userId,
  context: { traits: { email: EMAIL } },
}));

describe('a deleted user', () => {
  let pair: RelayOnSandbox;

  beforeEach(async () => {
    pair = await RelayOnSandbox.start();
    await accept(EVENTS);
    await pair.settled(EVENTS.length);
    expect(await found()).toEqual([ID, EMAIL, OF_ANOTHER]);
  });

  afterEach(async () => {
    await pair.stop();
  });

  it('is in the store no more soon after UserLeap has taken the Delete over, while another stays', async () => {
    await accept(DELETES);
    await until('the user to be erased', async () => ((await found()).length === 1 ? true : undefined));
    expect(await found()).toEqual([OF_ANOTHER]);
    await pair.settled(EVENTS.length + DELETES.length);
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    expect(await found()).toEqual([OF_ANOTHER]);
  });

  async function accept(events: readonly object[]): Promise<void> {
    expect((await pair.post('/webhooks/segment', events)).status).toBe(200);
  }

  async function found(): Promise<readonly string[]> {
    const texts = [ID, EMAIL, OF_ANOTHER];
    const isHeld = await Promise.all(texts.map((text) => pair.store.holds(text)));
    return texts.filter((_, index) => isHeld[index]);
  }
});
