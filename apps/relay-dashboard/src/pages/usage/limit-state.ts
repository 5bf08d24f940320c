import type { Usage } from '../../api/admin-api';

/** How near a month is to its limit, the gravest that holds. */
export type LimitState = 'none' | 'fine' | 'near' | 'forecast' | 'reached';

const NEAR = 0.8;

export function limitState({
  trackedUsers,
  limit,
  forecast,
}: Pick<Usage, 'trackedUsers' | 'limit'> & { readonly forecast: Pick<Usage['forecast'], 'trackedUsers'> }): LimitState {
  if (limit === null) return 'none';
  if (trackedUsers >= limit) return 'reached';
  if (forecast.trackedUsers > limit) return 'forecast';
  return trackedUsers >= limit * NEAR ? 'near' : 'fine';
}
