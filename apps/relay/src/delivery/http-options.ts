import type { HttpModuleOptions } from '@nestjs/axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

const TIMEOUT_MS = 10_000;
// The largest answer that is read is a user's profile.
const MAX_ANSWER_BYTES = 1024 * 1024;

/** How the relay talks to UserLeap: every status is an answer, nothing is followed, decoded or sent elsewhere. */
export const HTTP_OPTIONS: HttpModuleOptions = {
  timeout: TIMEOUT_MS,
  timeoutErrorMessage: 'no answer in time',
  maxRedirects: 0, // the key must not reach another host
  maxContentLength: MAX_ANSWER_BYTES,
  maxBodyLength: Infinity, // what we send is bounded where it is built
  proxy: false,
  responseType: 'text',
  transformRequest: [(data: unknown) => data],
  transformResponse: [(data: unknown) => (typeof data === 'string' ? data : '')],
  validateStatus: () => true,
  httpAgent: new HttpAgent({ keepAlive: true }),
  httpsAgent: new HttpsAgent({ keepAlive: true }),
};
