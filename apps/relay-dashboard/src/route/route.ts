import { DESTINATION_FILTERS } from './destination-filter';
import type { DestinationFilter } from './destination-filter';
import { EVENT_FILTERS } from './event-filter';
import type { EventFilter } from './event-filter';
import { LANE_FILTERS } from './lane-filter';
import type { LaneFilter } from './lane-filter';
import { USAGE_FILTERS } from './usage-filter';
import type { UsageFilter } from './usage-filter';

/** What the address asks for. It stands behind the `#`, so that it never reaches a server or its log. */
export type Route =
  | { readonly page: 'overview' | 'dead-letters' | 'playground' | 'function' | 'settings' | 'not-found' }
  | { readonly page: 'event-names'; readonly filter: DestinationFilter }
  | { readonly page: 'usage'; readonly filter: UsageFilter }
  | { readonly page: 'events'; readonly filter: EventFilter }
  | { readonly page: 'event'; readonly id: number }
  | { readonly page: 'waiting'; readonly filter: LaneFilter };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = split(hash.replace(/^#?\/?/, ''), '?');
  const parameters = new URLSearchParams(query);
  const [page = '', id, ...more] = path.split('/');
  if (more.length > 0 || (id !== undefined && page !== 'events')) return { page: 'not-found' };
  switch (page) {
    case '':
      return { page: 'overview' };
    case 'overview':
    case 'dead-letters':
    case 'playground':
    case 'function':
    case 'settings':
      return { page };
    case 'waiting':
      return { page, filter: pick(parameters, LANE_FILTERS) };
    case 'event-names':
      return { page, filter: pick(parameters, DESTINATION_FILTERS) };
    case 'usage':
      return { page, filter: pick(parameters, USAGE_FILTERS) };
    case 'events':
      if (id === undefined) return { page, filter: pick(parameters, EVENT_FILTERS) };
      return /^[1-9]\d{0,15}$/.test(id) ? { page: 'event', id: Number(id) } : { page: 'not-found' };
    default:
      return { page: 'not-found' };
  }
}

/** The address of a route, for a link. */
export function toHash(route: Exclude<Route, { page: 'not-found' }>): string {
  switch (route.page) {
    case 'event':
      return `#/events/${route.id}`;
    case 'event-names':
    case 'usage':
    case 'events':
    case 'waiting': {
      const query = new URLSearchParams(Object.entries(route.filter)).toString();
      return `#/${route.page}${query === '' ? '' : `?${query}`}`;
    }
    default:
      return `#/${route.page}`;
  }
}

/** The fields that are there and not blank. */
function pick<Filter extends Readonly<Record<string, string>>>(
  parameters: URLSearchParams,
  names: readonly (keyof Filter & string)[],
): Filter {
  const entries = names.flatMap((name) => {
    const value = parameters.get(name) ?? '';
    return value.trim() === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as Filter;
}

function split(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
