import type { paths } from '../api/admin-api';

type NameQuery = NonNullable<paths['/api/event-names']['get']['parameters']['query']>;

/** Which destination a page is about: a parameter of `GET /api/event-names`, as it stands in the address. */
export const DESTINATION_FILTERS = ['destination'] as const;

export type DestinationFilter = Pick<NameQuery, (typeof DESTINATION_FILTERS)[number]>;
