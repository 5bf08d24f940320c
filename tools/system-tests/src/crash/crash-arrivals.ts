import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { stepOfAttribute, stepOfTime } from './crash-event';

/** An upsert as UserLeap got it. */
export interface Arrival {
  readonly userId: string;
  readonly request: RecordedRequest;
  /** The steps of its events, as they stand there. */
  readonly steps: readonly number[];
  /** The steps of the Identifies in it. */
  readonly identifies: readonly number[];
}

/** Every upsert, whatever its answer. */
export function readArrivals(requests: readonly RecordedRequest[]): readonly Arrival[] {
  return requests
    .filter(({ path }) => path === '/v2/users')
    .map((request) => {
      const { userId, attributes, events } = request.body as {
        userId: string;
        attributes?: Record<string, unknown>;
        events?: { timestamp: number }[];
      };
      const steps = (events ?? []).map(({ timestamp }) => stepOfTime(timestamp));
      return { userId, request, steps, identifies: Object.keys(attributes ?? {}).map(stepOfAttribute) };
    });
}

/** Those that UserLeap refused. */
export function readRefused(requests: readonly RecordedRequest[]): readonly Arrival[] {
  return readArrivals(requests.filter(({ status }) => status === 400));
}

/** Those that UserLeap took, though nobody may have heard so. */
export function readTaken(requests: readonly RecordedRequest[]): readonly Arrival[] {
  return readArrivals(requests.filter(({ applied }) => applied));
}
