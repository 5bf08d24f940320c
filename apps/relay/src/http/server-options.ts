import type { NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { RelayConfig } from '../config/relay-config';
import { addressBelow, ROUTER_OPTIONS } from './router-options';
import { refuseAddress, refuseExpectation, refuseUnreadable } from './unreadable';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Longer than a load balancer keeps an idle connection: the side that sends must be the one to close it.
const KEEP_ALIVE_MS = 75_000;
// Far more than senders need, and few enough for the memory of a small machine.
const MAX_CONNECTIONS = 10_000;

type Options = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

/**
 * How connections are dealt with. `trustedProxies`: whose word counts for the address of a sender. `basePath`: what addresses may
 * begin with.
 */
export function serverOptions({ trustedProxies, basePath }: Pick<RelayConfig, 'trustedProxies' | 'basePath'>): Options {
  return {
    forceCloseConnections: 'idle',
    // A call that came before the port was closed is taken. Fastify's 503 has neither code nor `Retry-After`, and some SDKs take it for a success.
    return503OnClosing: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      // Refused by us: Node's own refusal says nothing.
      requireHostHeader: false,
    },
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // Not the sender's own: that could be anything.
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: refuseAddress,
    routerOptions: ROUTER_OPTIONS,
    rewriteUrl: ({ url = '/' }) => addressBelow(basePath, url),
  };
}

/** What fastify has no option for. Beyond the limit, new connections are closed at once. */
export function prepareServer(relay: NestFastifyApplication): void {
  const server = relay.getHttpServer();
  server.maxConnections = MAX_CONNECTIONS;
  server.on('checkExpectation', refuseExpectation);
}
