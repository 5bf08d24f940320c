import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { object, TEXT } from './schemas';

const ABOUT = `Takes Segment traffic and delivers it to UserLeap (Sprig). Senders show a write key or sign what they send;
calls below /api show the admin token, or belong to a session of the dashboard.`;

/** The OpenAPI description of every address that programs call. It holds nothing of the configuration. */
export function describeApi(relay: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('segment-userleap relay')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'text', description: 'RELAY_ADMIN_TOKEN' },
      'adminToken',
    )
    .addCookieAuth(
      'relay_session',
      { type: 'apiKey', description: 'Beside it, X-CSRF-Token on all but GET' },
      'session',
    )
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'A write key as the user name' }, 'writeKey')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Signature', description: 'HMAC-SHA1 of the body' }, 'signature')
    .addGlobalResponse({
      status: 'default',
      description: 'Refused: what was wrong, in a sentence',
      content: { 'application/json': { schema: object({ message: TEXT }) } },
    })
    .build();
  return SwaggerModule.createDocument(relay, about);
}
