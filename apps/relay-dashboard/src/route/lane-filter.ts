/** Which waiting users to show: the parameters of `GET /api/lanes`, as they stand in the address. */
export const LANE_FILTERS = ['userId', 'destination', 'before'] as const;

export type LaneFilter = Partial<Readonly<Record<(typeof LANE_FILTERS)[number], string>>>;
