import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { isRecord, isText } from '@segment-userleap/validation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ComeBackLater } from './come-back-later';
import { errorBody } from './error-body';
import type { KnownRoutes } from './known-routes';

const RETRY_AFTER_SECONDS = 5;
const WHERE = 'expected one of POST /v1/track, POST /v1/batch, POST /webhooks/segment and the others that /docs lists';
const ALL = '/docs lists all addresses';

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What every error becomes that is thrown while a call is answered, and what a call to no address is told. Of our own faults
 * only the kind is told. What comes before any route: `unreadable.ts`.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly routes: KnownRoutes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const refusal = request.is404 ? this.describeMissing(request) : this.describe(error, request.id);
    const { status, message, code, headers = {} } = refusal;
    const closing = wasGivenUp(request) ? { connection: 'close' } : {};
    void http
      .getResponse<FastifyReply>()
      .headers({ ...headers, ...closing })
      .status(status)
      .send(errorBody(status, message, code));
  }

  private describe(error: unknown, reqId: string): Refusal {
    if (error instanceof HttpException) {
      const { message } = error;
      const status = error.getStatus();
      const retryAfter = error instanceof ComeBackLater ? error.retryAfterSeconds : RETRY_AFTER_SECONDS;
      const isForLater = status === 503 || status === 429;
      return { status, message, code: codeOf(error), headers: isForLater ? { 'retry-after': String(retryAfter) } : {} };
    }
    const status = clientErrorStatus(error);
    if (status !== undefined) return { status, message: 'the request is not valid' };
    this.logger.error({ reqId, msg: `unexpected ${error instanceof Error ? error.name : typeof error}` });
    return { status: 500, message: 'unexpected error' };
  }

  private describeMissing({ url }: FastifyRequest): Refusal {
    const methods = this.routes.methodsAt(url.replace(/\?.*$/s, ''));
    if (methods.length === 0) return { status: 404, message: `there is nothing at this address; ${WHERE}` };
    const message = `this address takes ${methods.join(' and ')}; ${url.startsWith('/api/') ? ALL : WHERE}`;
    return { status: 405, message, headers: { allow: methods.join(', ') } };
  }
}

/** The code that a refusal was given: `new BadRequestException({ code, message })`. */
function codeOf(error: HttpException): string | undefined {
  const response = error.getResponse();
  return isRecord(response) && isText(response.code) ? response.code : undefined;
}

/** Half of its body was read, and the rest is still to come. */
function wasGivenUp({ raw }: FastifyRequest): boolean {
  return raw.readableDidRead && !raw.complete;
}

/** Fastify's own refusals: errors with a status, which are not the relay's fault. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
