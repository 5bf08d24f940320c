import type { Authorization } from './authorization';

/** One completely received HTTP request. */
export interface Call {
  method: string;
  /** As sent, without the query. */
  path: string;
  query: URLSearchParams;
  authorization: Authorization;
  contentType: string | null;
  /** Up to the limit when `isTooLarge`. */
  bodyText: string;
  /** `null` when the text is no JSON. */
  body: unknown;
  isTooLarge: boolean;
}
