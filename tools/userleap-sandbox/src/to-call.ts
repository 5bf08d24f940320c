import { parseAuthorization } from './authorization';
import type { Call } from './call';
import { parseJson } from './parse-json';

const MEGABYTE = 1024 * 1024;

/** How long a body may be: as many rows of a bulk as there may be need more than any other. */
export function mostBytesOf(target: string): number {
  return (target.startsWith('/v1/users/bulk') ? 64 : 1) * MEGABYTE;
}

/** A request as it came: of a body over the limit, what is within. */
interface Received {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: { readonly authorization?: string | undefined; readonly 'content-type'?: string | undefined };
  readonly body: string;
  readonly isTooLarge: boolean;
}

export function toCall({ method, target, headers, body, isTooLarge }: Received): Call {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  return {
    method,
    path,
    query: new URLSearchParams(query),
    authorization: parseAuthorization(headers.authorization),
    contentType: headers['content-type'] ?? null,
    bodyText: body,
    body: isTooLarge ? null : parseJson(body),
    isTooLarge,
  };
}
