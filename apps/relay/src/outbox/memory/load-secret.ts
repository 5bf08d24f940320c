import { randomBytes } from 'node:crypto';
import type { Secret } from '@segment-userleap/delivery';
import type { Db } from '../schema/outbox-schema';

const HASHES = 'hashes';
const HALF = 4;

/** The key of the hashes in what is remembered of users. Every process that shares the store gets the same. */
export async function loadSecret(db: Db): Promise<Secret> {
  await db
    .insertInto('secrets')
    .values({ id: HASHES, value: randomBytes(2 * HALF).toString('hex') })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { value } = await db.selectFrom('secrets').select('value').where('id', '=', HASHES).executeTakeFirstOrThrow();
  const bytes = Buffer.from(value, 'hex');
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(HALF)];
}
