import type { EventFilter } from '../port/event-record';
import type { Tx } from '../schema/outbox-schema';
import type { Part } from './find-events';
import { listNames } from './list-names';

// Each is looked up on its own.
const MOST_NAMES = 20;

/**
 * What is searched for at these destinations: an event's id, message id or user id as a whole, the anonymous id under which it
 * is held, or a part of its name, in upper or lower case. Each of it has an index.
 */
export async function splitSearch(
  tx: Tx,
  search: string,
  filter: Omit<Partial<EventFilter>, 'search'>,
  destinations: readonly string[],
): Promise<readonly Part[]> {
  const parts: Part[] = /^[1-9]\d{0,15}$/.test(search) ? both(filter, { id: Number(search) }) : [];
  for (const destination of destinations) {
    const here = { ...filter, destination };
    parts.push(
      ...both(here, { messageId: search }),
      ...both(here, { userId: search }).flatMap((part): Part[] => [
        { ...part, isPending: true },
        { ...part, isSettled: true },
      ]),
      { ...here, heldUnder: search },
      ...(await findNames(tx, destination, search)).flatMap((event) => both(here, { event })),
    );
  }
  return parts;
}

/** What is in both; nothing where one asks for something else. */
function both(filter: Part, found: Pick<EventFilter, 'id' | 'messageId' | 'userId' | 'event'>): Part[] {
  const isOther = Object.entries(found).some(([name, value]) => {
    const asked = filter[name as keyof typeof found];
    return asked !== undefined && asked !== value;
  });
  return isOther ? [] : [{ ...filter, ...found }];
}

async function findNames(tx: Tx, destination: string, search: string): Promise<readonly string[]> {
  const text = search.toLowerCase();
  const names = await listNames(tx, destination);
  return names.filter((name) => name.toLowerCase().includes(text)).slice(0, MOST_NAMES);
}
