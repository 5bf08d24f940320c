import { until } from '@segment-userleap/relay-driver';
import type { AdminApi } from '@segment-userleap/relay-driver';
import { readTaken } from '../src/crash/crash-arrivals';
import { Replicas } from '../src/replicas/replicas';

const DESTINATION = 'shared';
/** `MONTHLY_USERS=1000` is the long way: five times as many users. */
const LIMIT = Number(process.env['MONTHLY_USERS'] ?? 30);
const USERS = Array.from({ length: 5 * LIMIT }, (_, index) => `user-${index}`);
const NAMES = ['One', 'Two', 'Three'];
const EVENTS_OF_USER = 1 + NAMES.length;
const USERS_PER_CALL = 100;
const SECONDS = 60 + LIMIT;

describe('three relays on one PostgreSQL whose destination has a limit of users', () => {
  let replicas: Replicas;
  let admin: AdminApi;

  beforeAll(async () => {
    const database = process.env['TEST_POSTGRES_URL'] ?? '';
    // The limit of requests is not what is to hold anybody back.
    const limit = { requests: 100_000, windowMs: 300_000 };
    const plan = { database, schema: 'usage', lease: '4s', destinations: [DESTINATION], limit, monthlyUsers: LIMIT };
    replicas = await Replicas.start(plan);
    admin = replicas.adminOf(0);
  });

  afterAll(async () => {
    await replicas.stop();
  });

  const requests = () => replicas.of(DESTINATION).sandbox.requests();
  const usersReached = () => new Set(readTaken(requests()).map(({ userId }) => userId));
  const hasEnded = async () => ((await admin.overview()).pending === 0 ? true : undefined);
  const untilNothingWaits = () => until('all events to have their end', hasEnded, SECONDS);

  /** Ends a replica in the middle of its work, and starts it again. */
  async function kill(at: number, usersBefore: number): Promise<void> {
    await until('users to arrive', () => (usersReached().size >= usersBefore ? true : undefined), SECONDS);
    await replicas.at(at).end('SIGKILL');
    await replicas.startAgain(at);
  }

  it(
    'let exactly so many users through though two are killed, keep the rest as dead letters, and send it when the limit is raised',
    async () => {
      replicas.of(DESTINATION).sandbox.addFault({ delayMs: 200, times: 4 * LIMIT });
      const killed = [kill(1, Math.ceil(LIMIT / 5)), kill(2, Math.ceil(LIMIT / 2))];
      const start = Date.now();
      for (let from = 0; from < USERS.length; from += USERS_PER_CALL) {
        await replicas
          .of(DESTINATION)
          .accept(USERS.slice(from, from + USERS_PER_CALL).flatMap((userId) => eventsOf(userId, start)));
      }
      await Promise.all(killed);
      await untilNothingWaits();

      const { trackedUsers, limit, overLimit } = await admin.usage();
      expect({ reached: usersReached().size, trackedUsers, limit }).toEqual({
        reached: LIMIT,
        trackedUsers: LIMIT,
        limit: LIMIT,
      });
      const over = (USERS.length - LIMIT) * EVENTS_OF_USER;
      expect(overLimit).toBe(over);
      expect(await admin.deadLetters()).toMatchObject([{ reason: 'monthly_limit', count: over }]);

      replicas.setMonthlyUsers(USERS.length);
      for (const at of [0, 1, 2]) {
        await replicas.at(at).end('SIGTERM');
        await replicas.startAgain(at);
      }
      expect(await admin.replay({ reason: 'monthly_limit' })).toBe(over);
      await untilNothingWaits();
      expect(usersReached().size).toBe(USERS.length);
      expect((await admin.usage()).trackedUsers).toBe(USERS.length);
      expect(await admin.deadLetters()).toEqual([]);
      expect(namesByUser()).toEqual(new Map(USERS.map((userId) => [userId, NAMES])));
    },
    3 * SECONDS * 1_000,
  );

  /** The names that UserLeap took of each user, in order. */
  function namesByUser(): ReadonlyMap<string, readonly string[]> {
    const names = new Map<string, string[]>(USERS.map((userId) => [userId, []]));
    for (const { userId, request } of readTaken(requests())) {
      const { events = [] } = request.body as { readonly events?: readonly { readonly event: string }[] };
      names.get(userId)?.push(...events.map(({ event }) => event));
    }
    return names;
  }
});

function eventsOf(userId: string, start: number): readonly object[] {
  const at = (step: number): string => new Date(start + step).toISOString();
  const identify = { type: 'identify', userId, traits: { plan: 'pro' }, timestamp: at(0) };
  return [identify, ...NAMES.map((event, index) => ({ type: 'track', userId, event, timestamp: at(index + 1) }))];
}
