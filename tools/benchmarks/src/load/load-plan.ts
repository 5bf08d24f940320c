import type { RequestShape } from './request-template';

/** What a load generator is to do. */
export interface LoadPlan {
  readonly port: number;
  readonly shape: RequestShape;
  /** Each sends its next request when the one before is answered. */
  readonly connections: number;
  /** The events are of so many users in turn. */
  readonly users: number;
  readonly end: { readonly warmUpSeconds: number; readonly seconds: number } | { readonly requests: number };
}

/** What it saw, the warm-up left out. */
export interface LoadResult {
  readonly requests: number;
  readonly eventsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
