import { ADMIN_TOKEN, AdminApi, until } from '@segment-userleap/relay-driver';
import { fillThrough } from '../backlog/fill-store';
import { startRelayAt } from '../processes/start-relay';
import type { Competitor } from './competitor';

// Too large to bind.
const UNLIMITED = '1000000/300s';

/** So many relays on one store, paused until they are to begin. */
export function relay(
  store: string,
  { replicas, rateLimit = UNLIMITED }: { replicas: number; rateLimit?: string },
  newStore: () => Readonly<Record<string, string>>,
): Competitor {
  return {
    name: `relay, ${store} × ${replicas}`,
    async prepare(users, userLeap) {
      const env = {
        ...newStore(),
        RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
        USERLEAP_ENDPOINT: userLeap,
        USERLEAP_RATE_LIMIT: rateLimit,
      };
      const relays = await Promise.all(Array.from({ length: replicas }, () => startRelayAt(env)));
      const admins = relays.map(({ url }) => new AdminApi(() => url));
      const [first] = relays;
      if (!first) throw new Error('expected a relay');
      await admins[0]?.pause();
      await Promise.all(
        admins.map((admin) =>
          until('every relay to be paused', async () => (await admin.destination()).state === 'paused' || undefined),
        ),
      );
      await fillThrough(first, { events: users, users });
      return {
        begin: () => Promise.all(admins.map((admin) => admin.resume())),
        end: () => Promise.all(relays.map((one) => one.end('SIGTERM'))),
      };
    },
  };
}
