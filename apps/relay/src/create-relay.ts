import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { BadRequestException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';
import { PinoLogger } from 'nestjs-pino';
import type { RelayConfig } from './config/relay-config';
import { corsOptions } from './http/cors-options';
import { ErrorFilter } from './http/error.filter';
import { rememberRoute } from './http/route-of';
import { KnownRoutes } from './http/known-routes';
import { prepareServer, serverOptions } from './http/server-options';
import { openOutbox } from './outbox/open-outbox';
import { QuietLogger } from './operations/quiet-logger';
import { servePages } from './pages/serve-pages';
import { RelayModule } from './relay.module';

/** The relay, its store opened, not yet listening. Rejects where the store cannot be opened. */
export async function createRelay(config: RelayConfig): Promise<NestFastifyApplication> {
  const store = await openOutbox(config);
  const adapter = new FastifyAdapter(serverOptions(config));
  const routes = new KnownRoutes();
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  fastify.addHook('onRequest', (request, reply, done) => {
    const raw = request.raw as IncomingMessage;
    rememberRoute(raw, request.routeOptions.url);
    void reply.header('x-request-id', request.id);
    // What the admin API says is of people, and of the moment.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    // Senders announce JSON under several content types, or none, or none that there is.
    delete raw.headers['content-type'];
    done(isWithoutHost(raw) ? new BadRequestException('host: expected, got nothing') : undefined);
  });
  const app = await NestFactory.create<NestFastifyApplication>(RelayModule.of(config, store), adapter, {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(new QuietLogger(await app.resolve(PinoLogger), {}));
  app.useGlobalFilters(new ErrorFilter(routes));
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } },
    // For whoever speaks TLS in front of the relay to say.
    strictTransportSecurity: false,
  });
  // After the headers above, as it answers preflights itself. Nest's `enableCors` would come before them.
  await app.register(cors, corsOptions(config.corsOrigins));
  // Bodies are read by whoever knows how long they may be.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
  prepareServer(app);
  await servePages(app, config.basePath);
  return app;
}

/** HTTP/1.1 asks for it (RFC 9112, 3.2). */
function isWithoutHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' && headers.host === undefined;
}
