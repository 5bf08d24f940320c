const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * 32 bits of a text (FNV-1a over its UTF-16 units), for a key of the cache. Too few to lead back to a secret, which has four
 * times as many; enough to keep the few destinations of one customer apart. No signature: it withstands nobody who tries.
 */
export function hashText(text: string): string {
  let hash = OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return (hash >>> 0).toString(36);
}
