import type { FlowMinute } from '../../api/admin-api';

/** Sums over minutes. */
export interface FlowTotals {
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly unsupported: number;
  readonly rejected: number;
  readonly requests: number;
}

export function totalOf(minutes: readonly FlowMinute[]): FlowTotals {
  const sum = (field: keyof FlowTotals): number => minutes.reduce((total, minute) => total + minute[field], 0);
  return {
    accepted: sum('accepted'),
    delivered: sum('delivered'),
    filtered: sum('filtered'),
    unsupported: sum('unsupported'),
    rejected: sum('rejected'),
    requests: sum('requests'),
  };
}

/** How many delivered events a request carried; null where there was no request. */
export function eventsPerRequest({ delivered, requests }: Pick<FlowTotals, 'delivered' | 'requests'>): number | null {
  return requests === 0 ? null : delivered / requests;
}
