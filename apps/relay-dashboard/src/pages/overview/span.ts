import type { FlowRange } from '../../api/relay-api';

/** A time that plots show, and how they speak of it. */
export interface Span {
  readonly range: FlowRange;
  readonly label: string;
  /** `in the last hour`. */
  readonly text: string;
  /** Of each of its parts. */
  readonly part: string;
  readonly partSeconds: number;
}

export const LAST_HOUR: Span = { range: '1h', label: '1 h', text: 'the last hour', part: 'minute', partSeconds: 60 };

export const SPANS: readonly Span[] = [
  LAST_HOUR,
  { range: '6h', label: '6 h', text: 'the last 6 hours', part: '5 minutes', partSeconds: 300 },
  { range: '24h', label: '24 h', text: 'the last 24 hours', part: '15 minutes', partSeconds: 900 },
  { range: '7d', label: '7 days', text: 'the last 7 days', part: '2 hours', partSeconds: 7_200 },
];
