import type { NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Longer than a load balancer keeps an idle connection: the side that sends must be the one to close it.
const KEEP_ALIVE_MS = 75_000;
// Far more than senders need, and few enough for the memory of a small machine.
const MAX_CONNECTIONS = 10_000;

type Options = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

/** How connections are dealt with. `trustedProxies`: whose word counts for the address of a sender. */
export function serverOptions(trustedProxies: readonly string[]): Options {
  return {
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 1_000 },
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // Not the sender's own: that could be anything.
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseUnreadable,
    // Fastify's own sentence quotes the address.
    frameworkErrors: (_error, _request, reply) =>
      void (reply as FastifyReply).status(400).send({ message: 'the address of the request is not valid' }),
  };
}

/** Beyond it, new connections are closed at once. */
export function limitConnections(relay: NestFastifyApplication): void {
  relay.getHttpServer().maxConnections = MAX_CONNECTIONS;
}

/** Answers what is no HTTP request, or took too long to become one. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = statusOf(error.code);
  const body = JSON.stringify({ message: 'the request cannot be read, or took too long' });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`, () =>
    socket.destroySoon(),
  );
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}
