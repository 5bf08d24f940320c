import { all, arrayOf, expected, objectOf, optional, type Check } from './check';
import { label } from './field-checks';
import { isIntegerBetween } from './is-integer-between';

const MAX_VISITORS = 100;

/** The body of `POST /v2/purge/visitors`. The delay is not imitated: a purge takes effect at once. */
export interface Purge {
  userIds?: string[];
  emails?: string[];
  visitorIds?: string[];
  delaySeconds?: number;
}

const rightNumberOfVisitors: Check = (value) => {
  const { userIds = [], emails = [], visitorIds = [] } = value as Purge;
  const count = userIds.length + emails.length + visitorIds.length;
  if (count === 0) return 'userIds, emails, visitorIds: expected at least one list that is not empty';
  return count > MAX_VISITORS ? `userIds, emails, visitorIds: expected at most ${MAX_VISITORS} entries` : undefined;
};

export const purgeCheck = all(
  objectOf({
    userIds: optional(arrayOf(label)),
    emails: optional(arrayOf(label)),
    visitorIds: optional(arrayOf(label)),
    delaySeconds: optional(
      expected('an integer of at least 0', (value) => isIntegerBetween(value, 0, Number.MAX_SAFE_INTEGER)),
    ),
  }),
  rightNumberOfVisitors,
);
