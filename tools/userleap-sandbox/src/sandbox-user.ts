/** The types of value that UserLeap takes as an attribute. */
export type AttributeValue = string | number | boolean;

/** All events of one name that one user sent. Times are milliseconds since 1970. */
export interface SandboxEvent {
  event: string;
  count: number;
  /** The earliest timestamp among them. */
  createdAt: number;
  /** The latest timestamp among them. */
  updatedAt: number;
}

/** A user as `GET /v2/users/{userId}` shows it, and the environment it lives in. Times are milliseconds since 1970. */
export interface SandboxUser {
  /** The number of the API key, from 1 in order of first use. */
  environment: number;
  /** UserLeap's own id (the visitor id); new when a user is created anew. */
  id: string;
  /** The `userId` of the requests. */
  externalUserId: string;
  createdAt: number;
  emailAddress?: string;
  attributes: Record<string, AttributeValue>;
  events: SandboxEvent[];
}
