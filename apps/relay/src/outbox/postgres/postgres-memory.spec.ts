import { writeTold } from '@segment-userleap/delivery';
import { sql } from 'kysely';
import { leaseTurn, settle } from '../../../test/outbox-suite/attempt';
import { DELIVERED, NOW, trackOf } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { useReplicas } from '../../../test/postgres/use-replicas';
import type { Learnt } from '../port/turn';

// More than one page holds.
const USERS = Array.from({ length: 60 }, (_, user) => `user ${String(user).padStart(2, '0')}`);
const ATTRIBUTES = Array.from({ length: 30 }, (_, attribute) => attribute);

describeOnPostgres('what UserLeap was told of many users', (createSchema) => {
  const replicas = useReplicas(createSchema);

  /** In the turn of the first of them. */
  async function tell(users: readonly string[], hash: number, learnt: readonly Learnt[]): Promise<void> {
    await replicas.one.accept(users.slice(0, 1).map((user) => trackOf(user, `hash ${hash}`)));
    const values = new Map(ATTRIBUTES.map((name) => [name, { hash, at: NOW, toldAt: NOW }]));
    const memories = new Map(users.map((user) => [user, writeTold({ toldAt: NOW, values })]));
    await settle(replicas.one, await leaseTurn(replicas.one), [DELIVERED], { learnt, memories });
  }

  async function pageOf(user: string | undefined): Promise<number | undefined> {
    const { rows } = await sql<{ page: number }>`
      SELECT (ctid::text::point)[0]::integer AS page FROM environment_users WHERE user_id = ${user}
    `.execute(replicas.db);
    return rows[0]?.page;
  }

  it('is written anew in its page, so that no index is', async () => {
    const learnt = USERS.map((user): Learnt => [user, 'known']);
    await tell(USERS, 1, learnt);
    expect(await pageOf(USERS.at(-1))).toBeGreaterThan(0);
    await tell(USERS.slice(0, 1), 2, []);
    expect(await pageOf(USERS[0])).toBe(0);
  });
});
