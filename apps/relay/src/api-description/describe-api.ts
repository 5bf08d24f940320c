import type { DynamicModule, Type } from '@nestjs/common';
import { DiscoveryService, ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { ApiResponseOptions } from '@nestjs/swagger';
import { VERSION } from '../config/version';
import { decorateCalls } from './decorate-calls';
import { hoistNamed } from './hoist-named';
import type { Json } from './hoist-named';
import { named, object, TEXT } from './schema';

const ABOUT = `Takes Segment traffic and delivers it to UserLeap (Sprig). Senders show a write key or sign what they send;
calls below /api show the admin token, or belong to a session of the dashboard.`;

/** How every call is answered that is not done. */
const REFUSED = {
  description: 'Refused: what was wrong, as a stable code and in a sentence',
  content: { 'application/json': { schema: named('Refusal', object({ code: TEXT, message: TEXT, error: TEXT })) } },
};

const CONFIG = new DocumentBuilder()
  .setOpenAPIVersion('3.1.0')
  .setTitle('segment-userleap relay')
  .setDescription(ABOUT)
  .setVersion(VERSION)
  .addBearerAuth({ type: 'http', bearerFormat: 'text', description: 'RELAY_ADMIN_TOKEN' }, 'adminToken')
  .addCookieAuth('relay_session', { type: 'apiKey', description: 'Beside it, X-CSRF-Token on all but GET' }, 'session')
  .addBasicAuth({ type: 'http', description: 'A write key as the user name' }, 'writeKey')
  .addApiKey({ type: 'apiKey', name: 'X-Signature', description: 'HMAC-SHA1 of the body' }, 'signature')
  .addGlobalResponse({ status: 'default', $ref: '#/components/responses/Refused' } as ApiResponseOptions)
  .build();

/** The OpenAPI description of every call that a module, and those that it imports, take. It holds nothing of a configuration. */
export async function describeApi(root: Type | DynamicModule): Promise<Json> {
  // In a preview nothing is made of what the modules provide.
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(root, new FastifyAdapter(), options);
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  for (const { metatype } of controllers) decorateCalls(metatype as Type);
  const { paths, components, ...about } = SwaggerModule.createDocument(app, CONFIG, { autoTagControllers: false });
  const { hoisted, schemas } = hoistNamed({ paths, responses: { Refused: REFUSED } });
  return { ...about, paths: hoisted.paths, components: { ...components, responses: hoisted.responses, schemas } };
}
