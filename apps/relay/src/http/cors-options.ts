import type { FastifyRequest } from 'fastify';

interface CorsOptions {
  readonly origin: false | '*' | string[];
  readonly methods?: string[];
  readonly exposedHeaders?: string[];
  readonly maxAge?: number;
}

const OPEN = /^\/((beacon\/)?v1\/|sourceConfig($|\?))/;
const PREFLIGHT_AGE_SECONDS = 7_200;

/** Lets pages of the given origins call the Tracking API and ask for their SDK's settings, and nothing else. `*` stands for all origins. */
export function corsOptions(origins: readonly string[]) {
  const open: CorsOptions = {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    // When to come back, which the SDK in the page obeys; and what to look for in the log.
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: PREFLIGHT_AGE_SECONDS,
  };
  const closed: CorsOptions = { origin: false };
  return {
    delegator: (request: FastifyRequest, done: (error: Error | null, options: CorsOptions) => void): void =>
      done(null, isFromPage(request) ? open : closed),
  };
}

/** An `OPTIONS` that no browser sends is a call like others. */
function isFromPage({ url, method, headers }: FastifyRequest): boolean {
  const isCall = method !== 'OPTIONS' || (headers.origin && headers['access-control-request-method']);
  return OPEN.test(url) && Boolean(isCall);
}
