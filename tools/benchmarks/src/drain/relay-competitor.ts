import type { Competitor } from './competitor';
import { prepareRelays } from './prepare-relays';

// Too much to bind.
const UNLIMITED = '1000000/300s';

/** So many relays on one store. */
export function relay(store: string, replicas: number, newStore: () => Readonly<Record<string, string>>): Competitor {
  return {
    name: `relay, ${store} × ${replicas}`,
    prepare(users, userLeap) {
      const env = { ...newStore(), USERLEAP_ENDPOINT: userLeap, USERLEAP_RATE_LIMIT: UNLIMITED };
      return prepareRelays({ replicas, env }, users);
    },
  };
}
