/** Which requests a fault is for. All given fields must agree; none given means every request. */
export interface FaultMatch {
  method?: string;
  /** The exact path, URL-encoded as sent, without the query. */
  path?: string;
  /** The `userId` of the body, or one of its `userIds`, or the user in the path. */
  userId?: string;
  /** The name of one of the body's `events`. */
  event?: string;
}

/**
 * Something to go wrong. Among the faults that match a request the one registered first wins, and only that one
 * counts it. With nothing but `delayMs` the request is treated normally; anything else leaves the users untouched,
 * unless `apply` is set. Without `status`, `headers` and `body` the answer is the one the request had earned.
 */
export interface Fault {
  match?: FaultMatch;
  /** For how many requests; default 1. */
  times?: number;
  /** How many matching requests pass first; default 0. */
  skip?: number;
  /** Milliseconds from the reception of the request to the answer (or to the reset). */
  delayMs?: number;
  /** 200–599; 200 when only `headers` or `body` is given. */
  status?: number;
  /** None about framing: `content-length`, `transfer-encoding`, `trailer`. */
  headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Resets the connection before the answer, or after the head and half of the body. */
  reset?: 'before' | 'middle';
  /** Never answers. */
  hang?: true;
  /** Announces the whole length, sends half of the body, and ends the connection. */
  truncate?: true;
  /** The request is applied although its answer is replaced or lost. */
  apply?: true;
}
