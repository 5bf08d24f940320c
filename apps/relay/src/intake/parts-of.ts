/** The items in lists, at least one: each ends with the item that makes it `bytes` long or longer. */
export function* partsOf<T>(items: Iterable<T>, bytesOf: (item: T) => number, bytes: number): Iterable<readonly T[]> {
  let part: T[] = [];
  let size = 0;
  let isFirst = true;
  for (const item of items) {
    part.push(item);
    size += bytesOf(item);
    if (size < bytes) continue;
    yield part;
    isFirst = false;
    part = [];
    size = 0;
  }
  if (isFirst || part.length > 0) yield part;
}
