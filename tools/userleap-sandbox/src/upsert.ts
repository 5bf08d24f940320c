import { arrayOf, objectOf, optional } from './check';
import { attributes, emailAddress, label, timestamp } from './field-checks';
import type { AttributeValue } from './sandbox-user';

export interface TimedEvent {
  event: string;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** The body of `POST /v2/users`. */
export interface Upsert {
  userId: string;
  emailAddress?: string;
  attributes?: Record<string, AttributeValue>;
  events?: TimedEvent[];
}

export const upsertFields = {
  userId: label,
  emailAddress: optional(emailAddress),
  attributes: optional(attributes),
  events: optional(arrayOf(objectOf({ event: label, timestamp }))),
};

export const upsertCheck = objectOf(upsertFields);
