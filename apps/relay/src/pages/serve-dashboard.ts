import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorBody } from '../http/error-body';
import { ASK_AGAIN, FOR_EVER, PAGE_POLICY } from './page-headers';

const NOT_BUILT = 'the dashboard is not built: run npx nx build relay-dashboard, and start the relay again';
// A name as esbuild gives it: with a hash of the content. What is sent may be its compressed twin.
const HASHED = /-[A-Z0-9]{8}\.\w+(\.gz)?$/;

/** Serves the dashboard at `/`: the files that are in its folder now, each at an address of its own, and no others. */
export async function serveDashboard(relay: NestFastifyApplication, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    const fastify = relay.getHttpAdapter().getInstance();
    fastify.get('/', (_, reply) => reply.status(404).send(errorBody(NOT_BUILT)));
    return;
  }
  await relay.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    globIgnore: ['**/*.gz'],
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', HASHED.test(path) ? FOR_EVER : ASK_AGAIN);
      reply.header('content-security-policy', PAGE_POLICY);
    },
  });
}
