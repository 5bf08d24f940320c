import { toWellFormed } from '@segment-userleap/validation';

/** Whether a user is among so many per cent of all users. Raising `percentage` only adds users. */
export function isSampled(userId: string, percentage: number): boolean {
  return percentage >= 100 || samplePosition(userId) < percentage;
}

/**
 * Where a user stands among all users, from 0 to below 100: MurmurHash3 (x86, 32 bits, seed 0; Austin Appleby's reference code)
 * of the id's UTF-8 bytes, as a part of 2^32. Never changed: another position would be other users.
 */
export function samplePosition(userId: string): number {
  return (murmur3(utf8(userId)) / 2 ** 32) * 100;
}

function murmur3(bytes: readonly number[]): number {
  let hash = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const last = bytes[at + 3];
    const [a, b, c] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
    let word = Math.imul(a | (b << 8) | (c << 16) | ((last ?? 0) << 24), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    // The last one to three bytes are mixed in less.
    if (last !== undefined) hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** By hand: libs have no TextEncoder. */
function utf8(text: string): readonly number[] {
  const escaped = encodeURIComponent(toWellFormed(text));
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped[at] === '%';
    bytes.push(isEscape ? parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at));
    if (isEscape) at += 2;
  }
  return bytes;
}
