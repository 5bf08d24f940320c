import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { basename, dirname } from 'node:path';
import { API_DOCS_PAGE, API_DOCS_SCRIPT } from './api-docs-page';
import { API_DESCRIPTION, API_DOCS } from './built-files';
import { ASK_AGAIN, PAGE_POLICY } from './page-headers';

const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/**
 * Serves the description of the API: `/docs` for people, `/docs/json`, which the build has written, for programs. The page
 * that comes with the library is not used: it needs inline styles, and is of somebody else's API.
 */
export function serveApiDocs(relay: NestFastifyApplication): void {
  const fastify = relay.getHttpAdapter().getInstance();
  fastify.get('/docs', (_, reply) => {
    const headers = { 'content-security-policy': PAGE_POLICY, 'cache-control': ASK_AGAIN };
    return reply.headers(headers).type('text/html; charset=utf-8').send(API_DOCS_PAGE);
  });
  fastify.get('/docs/json', (_, reply) =>
    reply
      .header('cache-control', ASK_AGAIN)
      .sendFile(basename(API_DESCRIPTION), dirname(API_DESCRIPTION), { cacheControl: false }),
  );
  fastify.get('/docs/page.js', (_, reply) =>
    reply.header('cache-control', ASK_AGAIN).type('text/javascript; charset=utf-8').send(API_DOCS_SCRIPT),
  );
  for (const file of SWAGGER_FILES) {
    fastify.get(`/docs/${file}`, (_, reply) =>
      reply.header('cache-control', ASK_AGAIN).sendFile(file, API_DOCS, { cacheControl: false }),
    );
  }
}
