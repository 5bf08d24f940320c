import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { EVENT_TYPES } from '@segment-userleap/segment-events';
import type { RelayConfig } from '../config/relay-config';

/** JSON lines on standard output: of a request its method, path, status and time; no header, query or body. */
@Module({})
export class LoggingModule {
  static of({ logLevel }: RelayConfig): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            level: logLevel,
            quietReqLogger: true,
            customLogLevel: (_, { statusCode }) =>
              statusCode >= 500 && statusCode !== 501 ? 'error' : statusCode >= 400 ? 'warn' : 'debug',
            serializers: {
              req: ({ method, url }: { method?: string; url?: string }) => ({ method, path: loggedPath(url) }),
              res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
              err: ({ type }: { type?: string }) => ({ type }),
            },
            customErrorMessage: (_: IncomingMessage, response: ServerResponse) => `answered ${response.statusCode}`,
          },
        }),
      ],
    };
  }
}

const CALLS = [...EVENT_TYPES, 'batch', 'import'].join('|');
const PATHS = new RegExp(
  `^/(?:v1/(?:${CALLS})|webhooks/segment|health/live|api/(?:events|destinations|dead-letters/replay))(?=[/?]|$)`,
);

/** The path as far as it is one of ours: what else a client calls for may be anything. */
function loggedPath(url = ''): string {
  return PATHS.exec(url)?.[0] ?? '(other)';
}
