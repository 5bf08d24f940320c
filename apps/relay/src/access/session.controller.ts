import { BadRequestException, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { expectedText, isRecord } from '@segment-userleap/validation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describe, DescribeOpenCalls } from '../api-description/describe';
import { SESSION, SESSION_CALL } from '../api-description/session-schemas';
import type { Session as SessionAnswer } from '../api-description/session-schemas';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { strictLimitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { includesSecret } from '../http/includes-secret';
import { parseJson } from '../http/parse-json';
import { RefusedCalls } from '../http/refused-calls';
import { adminTokenOf } from './admin-token-of';
import { LoginCode } from './login-code';
import { refuseForgery, refuseOtherOrigin } from './refuse-forgery';
import { writeSessionCookie } from './session-cookie';
import { SESSION_SECONDS, Sessions } from './sessions';

const BODY_LIMIT = strictLimitOf(4);
const WRONG_TOKEN = 'token: expected the admin token';
const WRONG_CODE = 'code: expected a login code of the last ten minutes that was not used yet';

/** Signing in and out with a browser. Calls that belong to no page use the admin token itself. */
@DescribeOpenCalls('Session')
@Controller('api/session')
export class SessionController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly bodies: BodyReader,
    private readonly refused: RefusedCalls,
    private readonly sessions: Sessions,
    private readonly code: LoginCode,
  ) {}

  @Get()
  @Describe('Whether this browser is signed in', { answer: SESSION })
  read(@Req() request: FastifyRequest): SessionAnswer {
    adminTokenOf(this.config);
    refuseOtherOrigin(request);
    const session = this.sessions.of(request);
    return session ? { signedIn: true, csrfToken: session.csrfToken } : { signedIn: false };
  }

  @Post()
  @HttpCode(200)
  @Describe('Signs in, with the admin token or a one-time code', { body: SESSION_CALL, answer: SESSION })
  async open(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionAnswer> {
    adminTokenOf(this.config);
    refuseOtherOrigin(request);
    const body = await this.bodies.with(request.raw, BODY_LIMIT, { isKnown: false }, async (bytes) => parseJson(bytes));
    const refusal = this.findRefusal(body);
    if (refusal !== undefined) return this.refused.refuse(request.ip, refusal);
    const { session, cookie } = this.sessions.open();
    void reply.header('set-cookie', this.cookieOf(cookie, SESSION_SECONDS, request));
    return { signedIn: true, csrfToken: session.csrfToken };
  }

  /** Ends the session, if there is one. */
  @Delete()
  @Describe('Signs out; a session needs X-CSRF-Token', { answer: SESSION })
  end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): SessionAnswer {
    adminTokenOf(this.config);
    refuseOtherOrigin(request);
    const session = this.sessions.of(request);
    if (session) {
      refuseForgery(request, session);
      this.sessions.end(session);
    }
    void reply.header('set-cookie', this.cookieOf('', 0, request));
    return { signedIn: false };
  }

  private cookieOf(value: string, maxAgeSeconds: number, { protocol }: FastifyRequest): string {
    const { basePath } = this.config;
    return writeSessionCookie(value, { maxAgeSeconds, isSecure: protocol === 'https', basePath });
  }

  /** Why the body opens no session; undefined where it does. Throws 400 where it holds no credential. */
  private findRefusal(body: unknown): string | undefined {
    if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an object', body)}`);
    const [name, ...more] = Object.keys(body);
    if (more.length > 0 || (name !== 'token' && name !== 'code')) {
      throw new BadRequestException('body: expected token or code, and nothing else');
    }
    const given = body[name];
    if (typeof given !== 'string') throw new BadRequestException(`${name}: ${expectedText('a text', given)}`);
    if (name === 'code') return this.code.take(given) ? undefined : WRONG_CODE;
    return includesSecret([adminTokenOf(this.config)], given) ? undefined : WRONG_TOKEN;
  }
}
