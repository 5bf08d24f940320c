import type { paths } from '../api/admin-api';

type UsageQuery = NonNullable<paths['/api/usage']['get']['parameters']['query']>;

/** What the page of usage is about: parameters of `GET /api/usage`, as they stand in the address. */
export const USAGE_FILTERS = ['destination', 'month'] as const;

export type UsageFilter = Pick<UsageQuery, (typeof USAGE_FILTERS)[number]>;
