import { untilAllBusy } from '../src/replicas/in-flight';
import { Replicas } from '../src/replicas/replicas';

const DESTINATION = 'shared';
const USERS = Array.from({ length: 60 }, (_, index) => `user-${index}`);
// So long that all have something in flight before the first answer.
const ANSWER_MS = 4_000;

describe('three relays on one PostgreSQL, of which one has taken in everything', () => {
  let replicas: Replicas;

  beforeAll(async () => {
    const database = process.env['TEST_POSTGRES_URL'] ?? '';
    // Longer than a test waits: nothing here may depend on its end.
    replicas = await Replicas.start({ database, schema: 'hand_over', lease: '300s', destinations: [DESTINATION] });
  });

  afterAll(async () => {
    await replicas.stop();
  });

  it('share what it cannot take up, and take over at once when it is told to stop', async () => {
    const { sandbox } = replicas.of(DESTINATION);
    sandbox.addFault({ delayMs: ANSWER_MS, times: USERS.length });
    await replicas.identify(0, DESTINATION, USERS);
    await untilAllBusy(sandbox);
    expect(await replicas.at(0).end('SIGTERM')).toBe(0);
    const events = await replicas.of(DESTINATION, 1).settled(USERS.length);
    expect(events.map(({ state, attempts }) => [state, attempts])).toEqual(USERS.map(() => ['delivered', 1]));
    const reached = sandbox.requests().map(({ body }) => (body as { readonly userId: string }).userId);
    expect(reached.sort()).toEqual([...USERS].sort());
    expect(replicas.output()).not.toContain('has taken over');
  });
});
