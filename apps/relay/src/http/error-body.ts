/** The body of every error that the relay answers. */
export interface ErrorBody {
  /** Stable. Segment's clients for Python take an error without one for a broken connection, and try again for minutes. */
  readonly code: string;
  /** A sentence: the form that Segment shows its users. */
  readonly message: string;
  /** The same: where clients for Ruby look for it. */
  readonly error: string;
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  417: 'expectation_failed',
  429: 'too_many_requests',
  431: 'headers_too_large',
  500: 'internal_error',
  501: 'not_implemented',
  503: 'unavailable',
};

/** `code`: where there is a closer one than the status has. */
export function errorBody(status: number, message: string, code?: string): ErrorBody {
  return { code: code ?? CODES[status] ?? 'refused', message, error: message };
}
