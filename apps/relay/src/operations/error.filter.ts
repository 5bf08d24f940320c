import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

const RETRY_AFTER_SECONDS = '5';

/** Every error as `{"message": …}`, the form that Segment shows its users. Of our own faults only the kind is told. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, message } = this.describe(error);
    if (status === 503) void reply.header('Retry-After', RETRY_AFTER_SECONDS);
    void reply.status(status).send({ message });
  }

  private describe(error: unknown): { status: number; message: string } {
    if (error instanceof HttpException) return { status: error.getStatus(), message: error.message };
    const status = clientErrorStatus(error);
    if (status !== undefined)
      return { status, message: status === 413 ? 'body: too large' : 'the request is not valid' };
    this.logger.error(`unexpected ${error instanceof Error ? error.name : typeof error}`);
    return { status: 500, message: 'unexpected error' };
  }
}

/** Fastify's own refusals: errors with a status, which are not the relay's fault. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
