import { formatNumber } from './table';

/** A figure that the project promises. */
export interface Target {
  readonly claim: string;
  readonly measured: number;
  readonly wanted: string;
  readonly isMet: boolean;
}

export function atLeast(claim: string, measured: number, limit: number): Target {
  return { claim, measured, wanted: `≥ ${formatNumber(limit)}`, isMet: measured >= limit };
}

export function atMost(claim: string, measured: number, limit: number): Target {
  return { claim, measured, wanted: `≤ ${formatNumber(limit)}`, isMet: measured <= limit };
}
