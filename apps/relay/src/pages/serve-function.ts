import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorBody } from '../http/error-body';
import { ASK_AGAIN } from './page-headers';

const FILES = ['userleap.js', 'userleap.min.js', 'settings.json'];
const NOT_BUILT = 'the Segment Function is not built: run npm run bundle';

/** Serves the bundled Segment Function below `/function/`, for whoever wants to paste it. It holds no secret. */
export function serveFunction(relay: NestFastifyApplication, folder: string): void {
  const fastify = relay.getHttpAdapter().getInstance();
  for (const file of FILES) {
    fastify.get(`/function/${file}`, (_, reply) => {
      if (!existsSync(join(folder, file))) return reply.status(404).send(errorBody(404, NOT_BUILT));
      return reply.header('cache-control', ASK_AGAIN).sendFile(file, folder, { cacheControl: false });
    });
  }
}
