import { Injectable, Logger } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';
import { isRecord } from '@segment-userleap/validation';

const READING = ['GET', 'HEAD', 'OPTIONS'];
// They tell what would be.
const CHANGES_NOTHING = ['/api/preview', '/api/dead-letters/count', '/api/events/count'];

/**
 * A line in the log for each call of the admin API that has changed something: its address, and how many
 * events its answer says there were. Nothing of what it was given, which may be a user's id.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  private readonly logger = new Logger('audit');

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { id: reqId, method, routeOptions, params } = context.switchToHttp().getRequest<FastifyRequest>();
    const route = routeOptions.url ?? '';
    if (READING.includes(method) || !route.startsWith('/api/') || CHANGES_NOTHING.includes(route)) return next.handle();
    const address = route.replace(/:(\w+)/g, (whole, name: string) =>
      isRecord(params) ? String(params[name]) : whole,
    );
    const lineOf = (answer: unknown) => ({ reqId, msg: [method, address, ...numbersOf(answer)].join(' ') });
    return next.handle().pipe(tap((answer) => this.logger.log(lineOf(answer))));
  }
}

/** Of an answer that says how many; a record of a destination has figures, too, which are not of the call. */
function numbersOf(answer: unknown): readonly string[] {
  const fields = isRecord(answer) ? Object.entries(answer) : [];
  return fields.every(([, value]) => typeof value === 'number')
    ? fields.map(([name, value]) => `${name}=${value}`)
    : [];
}
