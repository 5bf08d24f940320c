import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

/** The most requests that UserLeap got within a window of so many milliseconds. */
export function busiestWindow(requests: readonly RecordedRequest[], windowMs: number): number {
  const times = requests.map(({ receivedAt }) => Date.parse(receivedAt));
  return Math.max(0, ...times.map((end, at) => times.slice(0, at + 1).filter((time) => time > end - windowMs).length));
}
