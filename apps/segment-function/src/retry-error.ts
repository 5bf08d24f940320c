/**
 * Segment's `RetryError`: all of the call comes again. Where the class is missing, an error of its name: any other would have
 * the events discarded (Segment docs: Destination Functions, Errors, 2026).
 */
export function retryError(message: string): Error {
  if (typeof RetryError !== 'undefined') return new RetryError(message);
  return Object.assign(new Error(message), { name: 'RetryError' });
}
