import { PAGE_LIMIT } from '../api-description/page-schemas';
import type { ListCursor } from '../outbox/port/event-record';
import { readCursor, readNumber } from './read-query';
import type { Fields } from './read-query';

/** A page of a list; `next` asks for the page after it, null where this is the last. */
export interface Page<T> {
  readonly page: readonly T[];
  readonly next: string | null;
}

/** The page that the fields ask for. One row more is loaded, which tells whether there is a page after it. */
export async function loadPage<T>(
  { limit: asked = PAGE_LIMIT.default, before: last }: Fields,
  load: (part: { readonly limit: number; readonly before?: ListCursor }) => Promise<readonly T[]>,
  cursorOf: (row: T) => ListCursor,
): Promise<Page<T>> {
  const limit = readNumber('limit', asked, PAGE_LIMIT.maximum);
  const before = readCursor('before', last);
  const rows = await load({ limit: limit + 1, ...(before ? { before } : {}) });
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  if (end === undefined || rows.length <= limit) return { page, next: null };
  const { at, id } = cursorOf(end);
  return { page, next: `${at}.${id}` };
}
