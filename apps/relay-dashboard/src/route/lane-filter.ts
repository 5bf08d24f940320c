import type { paths } from '../api/admin-api';

type LaneQuery = NonNullable<paths['/api/lanes']['get']['parameters']['query']>;

/** Which waiting users to show: parameters of `GET /api/lanes`, as they stand in the address. */
export const LANE_FILTERS = ['userId', 'destination', 'before'] as const;

export type LaneFilter = Pick<LaneQuery, (typeof LANE_FILTERS)[number]>;
