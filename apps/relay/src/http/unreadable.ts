import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { errorBody } from './error-body';

/** Refuses what is no HTTP request, or took too long to become one. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = statusOf(error.code);
  const body = write(status, 'the request cannot be read, or took too long');
  const headers = { ...ownHeaders(), 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}`;
  socket.end(`${head}\r\n${body}`, () => socket.destroySoon());
}

/** Refuses an `Expect` other than `100-continue`. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(417, ownHeaders()).end(write(417, 'expect: expected 100-continue, or none'));
}

/** Refuses an address that cannot be decoded. Fastify's own sentence quotes it. */
export function refuseAddress(_error: Error, _request: unknown, reply: unknown): void {
  const body = errorBody(400, 'the address of the request is not valid');
  void (reply as FastifyReply).headers(ownHeaders()).status(400).send(body);
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

function write(status: number, message: string): string {
  return JSON.stringify(errorBody(status, message));
}

/** What every answer carries: no hook of fastify's runs for these. */
function ownHeaders(): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': randomUUID(),
  };
}
