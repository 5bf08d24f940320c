import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorBody } from '../http/error-body';
import { FOLDER } from '../http/router-options';
import { ASK_AGAIN, FOR_EVER, PAGE_POLICY } from './page-headers';

const NOT_BUILT = 'the dashboard is not built: run npx nx build relay-dashboard, and start the relay again';
const PAGE = 'index.html';
// A name as esbuild gives it: with a hash of the content.
const HASHED = /-[A-Z0-9]{8}\.\w+$/;
// What stands for its twin, and what was not meant to be seen.
const NOT_SERVED = /^\.|\.gz$/;

/** Serves the dashboard at `/`: the files that are in its folder now, each at an address of its own, and no others. */
export function serveDashboard(relay: NestFastifyApplication, folder: string, basePath: string): void {
  const fastify = relay.getHttpAdapter().getInstance();
  if (!existsSync(join(folder, PAGE))) {
    fastify.get('/', (_, reply) => reply.status(404).send(errorBody(404, NOT_BUILT)));
    return;
  }
  const serve = (path: string, file: string): void => {
    const headers = {
      'cache-control': HASHED.test(file) ? FOR_EVER : ASK_AGAIN,
      'content-security-policy': PAGE_POLICY,
    };
    fastify.get(path, (_, reply) => reply.headers(headers).sendFile(file, folder, { cacheControl: false }));
  };
  serve('/', PAGE);
  if (basePath !== '') fastify.get(FOLDER, (_, reply) => reply.redirect(`${basePath}/`, 308));
  for (const file of readdirSync(folder).filter((name) => !NOT_SERVED.test(name))) serve(`/${file}`, file);
}
