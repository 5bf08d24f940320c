import { percentile } from '../report/percentile';
import { Connection } from './connection';
import type { LoadPlan, LoadResult } from './load-plan';
import { RequestTemplate } from './request-template';

/** Keeps every connection busy until the plan's end. Rejects when an answer is not 200: then the figures mean nothing. */
export async function applyLoad({ port, shape, connections, users, end }: LoadPlan): Promise<LoadResult> {
  const start = performance.now();
  const [countFrom, stopAt] =
    'seconds' in end
      ? [start + end.warmUpSeconds * 1000, start + (end.warmUpSeconds + end.seconds) * 1000]
      : [start, Infinity];
  let left = 'requests' in end ? end.requests : Infinity;
  let user = -1;
  const nextUser = (): number => (user = (user + 1) % users);
  const latencies: number[] = [];

  async function keepBusy(): Promise<void> {
    const connection = new Connection(port);
    const template = new RequestTemplate(shape);
    for (let sentAt = performance.now(); sentAt < stopAt && left > 0; sentAt = performance.now()) {
      left -= 1;
      const status = await connection.send(template.fill(nextUser));
      if (status !== 200) throw new Error(`answered ${status}`);
      const answeredAt = performance.now();
      if (answeredAt >= countFrom && answeredAt < stopAt) latencies.push(answeredAt - sentAt);
    }
    connection.close();
  }

  await Promise.all(Array.from({ length: connections }, keepBusy));
  const seconds = (Math.min(stopAt, performance.now()) - countFrom) / 1000;
  return {
    requests: latencies.length,
    eventsPerSecond: (latencies.length * (shape.batch ?? 1)) / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}
