import { gzipSync } from 'node:zlib';

const MEMBER = gzipSync(Buffer.alloc(16 * 1_024 * 1_024, ' '));

/** Gzip bytes of at most this size that decompress to a thousand times as much white space: members, one after another. */
export function bombOf(size: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.floor(size / MEMBER.length) }, () => MEMBER));
}
