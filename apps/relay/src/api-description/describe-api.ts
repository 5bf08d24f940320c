import type { Type } from '@nestjs/common';
import { describeCall, REFUSED } from './describe-call';
import { findCalls } from './find-calls';
import { hoistNamed } from './hoist-named';
import type { Json } from './hoist-named';

const ABOUT = `Takes Segment traffic and delivers it to UserLeap (Sprig). Senders show a write key or sign what they send;
calls below /api show the admin token, or belong to a session of the dashboard.`;

const SECURITY_SCHEMES = {
  adminToken: { type: 'http', scheme: 'bearer', bearerFormat: 'text', description: 'RELAY_ADMIN_TOKEN' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'relay_session',
    description: 'Beside it, X-CSRF-Token on all but GET',
  },
  writeKey: { type: 'http', scheme: 'basic', description: 'A write key as the user name' },
  signature: { type: 'apiKey', in: 'header', name: 'X-Signature', description: 'HMAC-SHA1 of the body' },
};

/** The OpenAPI description of every call that the modules take. It holds nothing of a configuration. */
export function describeApi(modules: readonly Type[]): Json {
  const paths: Record<string, Json> = {};
  for (const call of findCalls(modules)) {
    paths[call.path] = { ...paths[call.path], [call.method]: describeCall(call) };
  }
  const { hoisted, schemas } = hoistNamed({ paths, responses: { Refused: REFUSED } });
  return {
    openapi: '3.1.0',
    info: { title: 'segment-userleap relay', description: ABOUT, version: '1' },
    paths: hoisted.paths,
    components: { securitySchemes: SECURITY_SCHEMES, responses: hoisted.responses, schemas },
  };
}
