import type { SentRequest } from '../port/turn';

/** Whether UserLeap has taken a request, or may have, though nobody has heard so. */
export function mayBeTaken(reply: SentRequest['reply']): boolean {
  if (!('status' in reply)) return reply.failure === 'timeout' || reply.failure === 'network_failure';
  return reply.status < 300 || reply.status >= 500 || MAYBE.includes(reply.status);
}

// The server gave up waiting, or does not want to say yet.
const MAYBE = [408, 425];
