import type { HttpModuleOptions } from '@nestjs/axios';
import { createHttpAgent, createHttpsAgent } from './http-agents';

const CONNECT_TIMEOUT_MS = 5_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** How long a request may last in all, its answer included. */
export const WHOLE_TIMEOUT_MS = 15_000;

/** How the relay talks to UserLeap: every status is an answer, nothing is followed, decoded or sent elsewhere. */
export const HTTP_OPTIONS: HttpModuleOptions = {
  timeout: HEADERS_TIMEOUT_MS,
  timeoutErrorMessage: 'no answer in time',
  maxRedirects: 0, // the key must not reach another host
  maxBodyLength: Infinity, // what we send is bounded where it is built
  proxy: false,
  decompress: false, // a small answer could unfold to a huge one
  headers: { 'Accept-Encoding': 'identity' },
  responseType: 'stream',
  transformRequest: [(data: unknown) => data],
  validateStatus: () => true,
  httpAgent: createHttpAgent(CONNECT_TIMEOUT_MS),
  httpsAgent: createHttpsAgent(CONNECT_TIMEOUT_MS),
};

/** On a connection that is made for it. */
export const ON_A_NEW_CONNECTION = {
  httpAgent: createHttpAgent(CONNECT_TIMEOUT_MS, { idleMs: 0 }),
  httpsAgent: createHttpsAgent(CONNECT_TIMEOUT_MS, { idleMs: 0 }),
};
