import { expected, objectOf, optional } from './check';
import { label, timestamp } from './field-checks';

/** The body of `POST /v1/users/{userId}/events`. */
export interface SingleEvent {
  name: string;
  timestamp?: number | string;
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const isoTime = expected(
  'milliseconds since 1970 or ISO-8601',
  (value) => typeof value === 'string' && ISO_8601.test(value) && !Number.isNaN(Date.parse(value)),
);

export const singleEventCheck = objectOf({
  name: label,
  timestamp: optional((value, at) => (typeof value === 'number' ? timestamp : isoTime)(value, at)),
});
