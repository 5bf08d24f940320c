import { Inject, Module, RequestMethod } from '@nestjs/common';
import type { DynamicModule, MiddlewareConsumer, NestModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { pinoHttp } from 'pino-http';
import type { Options } from 'pino-http';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { routeOf } from '../http/route-of';

/** JSON lines on standard output: of a request its id, method, route, status and time; no header, query or body. */
@Module({})
export class LoggingModule implements NestModule {
  static of(config: RelayConfig): DynamicModule {
    // Its own part in requests would have every line in one of them name it, by hooks that all promises of the process pay for.
    return { module: LoggingModule, imports: [LoggerModule.forRoot({ pinoHttp: optionsFor(config), forRoutes: [] })] };
  }

  constructor(@Inject(RELAY_CONFIG) private readonly config: RelayConfig) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(pinoHttp(optionsFor(this.config))).forRoutes({ path: '*', method: RequestMethod.ALL });
  }
}

function optionsFor({ logLevel }: RelayConfig): Options {
  return {
    level: logLevel,
    quietReqLogger: true,
    customLogLevel: (request, { statusCode }) => levelOf(routeOf(request), statusCode),
    serializers: {
      req: ({ id, method, raw }: LoggedRequest) => ({ id, method, path: (raw && routeOf(raw)) ?? '(other)' }),
      res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
      err: ({ type }: { type?: string }) => ({ type }),
    },
    customErrorMessage: (_: IncomingMessage, response: ServerResponse) => `answered ${response.statusCode}`,
  };
}

interface LoggedRequest {
  readonly id?: unknown;
  readonly method?: string;
  readonly raw?: IncomingMessage;
}

function levelOf(route: string | undefined, status: number): 'error' | 'warn' | 'debug' {
  // Asked every few seconds; what it answers is logged where it begins.
  if (route === '/health/ready') return 'debug';
  // Senders come back in thousands: turned-away-log.ts tells of them.
  if (status === 503) return 'debug';
  if (status >= 500 && status !== 501) return 'error';
  // Wrong credentials are told of where they are counted.
  return status >= 400 && status !== 401 && status !== 429 ? 'warn' : 'debug';
}
