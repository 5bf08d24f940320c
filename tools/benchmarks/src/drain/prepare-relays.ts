import { ADMIN_TOKEN, AdminApi } from '@segment-userleap/relay-driver';
import { fillThrough } from '../backlog/fill-store';
import { startRelayAt } from '../processes/start-relay';
import type { Prepared } from './competitor';

/** Relays on one store. */
export interface Relays {
  readonly replicas: number;
  /** Says where the store is, and what else they are started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts relays with an Identify of each of so many users waiting, paused until they are to begin. */
export async function prepareRelays({ replicas, env }: Relays, users: number): Promise<Prepared> {
  const relays = await Promise.all(
    Array.from({ length: replicas }, () => startRelayAt({ RELAY_ADMIN_TOKEN: ADMIN_TOKEN, ...env })),
  );
  const [first] = relays;
  if (!first) throw new Error('replicas: expected one at least');
  const admins = relays.map(({ url }) => new AdminApi(() => url));
  for (const admin of admins) await admin.pause();
  await fillThrough(first, { events: users, users });
  return {
    begin: () => Promise.all(admins.map((admin) => admin.resume())),
    end: () => Promise.all(relays.map((relay) => relay.end('SIGTERM'))),
  };
}
