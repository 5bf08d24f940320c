import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';

/**
 * The message id of a record that has none: always the same for what stands in one place of one file, wherever the file lies and
 * whether it is packed. Two records that say the same are two.
 */
export function messageIdOf(file: string, place: number, text: string): string {
  const name = basename(file).replace(/\.gz$/i, '');
  const digest = createHash('sha256')
    .update(JSON.stringify([name, place, text]))
    .digest('hex');
  return `backfill-${digest.slice(0, 32)}`;
}
