import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DASHBOARD, SEGMENT_FUNCTION } from './built-files';
import { serveApiDocs } from './serve-api-docs';
import { serveDashboard } from './serve-dashboard';
import { serveFunction } from './serve-function';

/** Everything that the relay answers with files: the dashboard, the Segment Function, the description of the API. */
export async function servePages(relay: NestFastifyApplication, basePath: string): Promise<void> {
  // For `reply.sendFile` alone. A file that has a compressed twin beside it goes out as that to whoever takes it so.
  await relay.register(fastifyStatic, { serve: false, preCompressed: true });
  serveDashboard(relay, DASHBOARD, basePath);
  serveFunction(relay, SEGMENT_FUNCTION);
  serveApiDocs(relay);
}
