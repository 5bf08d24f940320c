import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

/** From when to when a request was UserLeap's, epoch milliseconds. */
export interface RequestSpan {
  readonly from: number;
  readonly to: number;
}

/** One that has no end yet ends never. */
export function spanOf({ receivedAt, endedAt }: RecordedRequest): RequestSpan {
  return { from: Date.parse(receivedAt), to: endedAt === null ? Infinity : Date.parse(endedAt) };
}
