import type { ListCursor } from '../outbox/port/event-record';

/** A page of a list of which one more was loaded; `next` asks for the page after it, null where this is the last. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => ListCursor,
): { readonly page: readonly T[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || rows.length <= limit) return { page, next: null };
  const { at, id } = cursorOf(last);
  return { page, next: `${at}.${id}` };
}
