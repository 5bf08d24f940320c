import type { AuthScheme } from './authorization';

/** One request as the sandbox received it, whatever became of it. Holds the scheme of the key, never the key. */
export interface RecordedRequest {
  /** Counts from 0, in the order in which requests were completely received. */
  index: number;
  /** ISO-8601. */
  receivedAt: string;
  /** ISO-8601; when its answer went out or its connection broke, whichever was first; `null` while it is in flight. */
  endedAt: string | null;
  /** The API key's number, from 1 in order of first use; `null` when the request named no key. */
  environment: number | null;
  method: string;
  /** As sent (still URL-encoded), without the query. */
  path: string;
  /** `other` stands for a scheme UserLeap does not know: what was sent there might be a key. */
  authScheme: AuthScheme | null;
  contentType: string | null;
  /** The raw text. Of a body over the limit, what was received up to the limit. */
  bodyText: string;
  /** The parsed JSON, or `null`. */
  body: unknown;
  /** The status that was answered; 0 while there is no whole answer: delayed, hung or reset. */
  status: number;
  rateLimited: boolean;
  /** Whether what it asks for is done, or will be a moment later, whatever was answered. */
  applied: boolean;
}
