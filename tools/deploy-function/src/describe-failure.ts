import { isRecord } from './is-record';

const MAX_DETAIL_LENGTH = 300;

/** A call, as messages name it: `GET /functions`. */
export interface NamedCall {
  readonly method: string;
  readonly path: string;
}

/** One sentence about an answer that was no success, with what to do. `detail` is what Segment says itself. */
export function describeFailure({ method, path }: NamedCall, status: number, detail: string): string {
  return `Segment answered ${method} ${path} with ${status}${detail && ` (${detail})`}: ${adviceFor(path, status)}.`;
}

// Segment Public API, Error Handling, 2026: 401 also stands for missing permissions; 403 is not documented, but seen.
function adviceFor(path: string, status: number): string {
  switch (status) {
    case 401:
      return 'make SEGMENT_TOKEN a Public API token of this workspace with the role Functions Admin, and check SEGMENT_REGION';
    case 403:
      return 'give the token the role Functions Admin in Settings → Access Management → Tokens, and see that the workspace has Functions';
    case 404:
      return path.startsWith('/functions/')
        ? 'see that the workspace of the token has a function of this id, and check SEGMENT_REGION'
        : 'check SEGMENT_REGION, and that the workspace has Functions';
    case 409:
      return 'see whether somebody else is changing this function, and run it again';
    case 413:
      return 'the code is too large for Segment, so upload the small file with --minified';
    case 422:
      return 'change what it names, or report it as a fault of this command';
    case 429:
      return 'too many calls were made with this token or from this address, so run it again in some minutes';
  }
  if (status >= 500) return 'Segment has a fault, so see status.segment.com and run it again later';
  return 'this is not a documented answer, so check SEGMENT_REGION and any proxy on the way';
}

/** What the errors of an answer say (`{errors: [{type, message, field}]}`), without the token, on one line of at most 300 characters. */
export function readDetail(answer: unknown, token: string): string {
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? (answer.errors as unknown[]) : [];
  const text = errors
    .map((error) => (isRecord(error) && typeof error.message === 'string' ? error.message : ''))
    .filter((message) => message !== '')
    .join('; ')
    .replaceAll(token, '…')
    .replaceAll(/\s+/g, ' ');
  return text.length > MAX_DETAIL_LENGTH ? `${text.slice(0, MAX_DETAIL_LENGTH)}…` : text;
}

/** One sentence about a call that got no answer. */
export function describeSilence(
  { method, path }: NamedCall,
  apiUrl: string,
  error: unknown,
  timeoutMs: number,
): string {
  const call = `${method} ${path}`;
  const doubt = method === 'GET' ? '' : ', which shows whether the change was made';
  if (isRecord(error) && error.name === 'TimeoutError') {
    return `${apiUrl} did not answer ${call} within ${timeoutMs / 1_000} s: run it again${doubt}.`;
  }
  return `${apiUrl} cannot be reached for ${call} (${codeOf(error)}): check the network and its proxy, and run it again${doubt}.`;
}

// fetch says "fetch failed"; why is in its cause.
function codeOf(error: unknown): string {
  const cause = isRecord(error) ? (error.cause ?? error) : undefined;
  return isRecord(cause) ? String(cause.code ?? cause.message) : 'unknown reason';
}
