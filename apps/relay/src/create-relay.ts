import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { RelayConfig } from './config/relay-config';
import { ErrorFilter } from './operations/error.filter';
import { openOutbox } from './outbox/open-outbox';
import { RelayModule } from './relay.module';

// The largest body that Segment's batching makes.
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** The relay, its store opened, not yet listening. Rejects where the store cannot be opened. */
export async function createRelay(config: RelayConfig): Promise<NestFastifyApplication> {
  const outbox = await openOutbox(config);
  const adapter = new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(RelayModule.of(config, outbox), adapter, {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  app.useGlobalFilters(new ErrorFilter());
  const fastify = adapter.getInstance();
  // Senders announce JSON under several content types, or none: all bodies stay bytes for the intake to read.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return app;
}
