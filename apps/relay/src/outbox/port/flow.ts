import type { FlowMinute } from './overview';

/** What happened in a time, at one destination or at all. */
export interface FlowCall {
  readonly destination?: string;
  readonly now: number;
  /** How long the time is, up to now, and its parts. */
  readonly lastMs: number;
  readonly partMs: number;
}

/** A part of a time: the sums of its minutes, and the most that was seen in it. */
export type FlowPart = FlowMinute;
