import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHmac, randomBytes, scryptSync } from 'node:crypto';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { includesSecret } from '../http/includes-secret';
import { readSessionCookies } from './session-cookie';

/** How long a session lasts, whatever is done in it. */
export const SESSION_SECONDS = 12 * 60 * 60;

const FORM = /^((\d{13})\.[\w-]{22})\.([\w-]{43})$/;
const SALT = 'segment-userleap relay session 1';

/** Someone who has shown the admin token in this browser. */
export interface Session {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** What calls that change something have to repeat: a page of another origin cannot know it. */
  readonly csrfToken: string;
}

/**
 * Sessions of the admin API, signed with a key that comes from the admin token: every relay with the token knows them, none
 * has to keep them, and another token ends them all. One that was ended is remembered here until it would have ended anyway.
 */
@Injectable()
export class Sessions {
  readonly #ended = new Map<string, number>();
  #key: Buffer | undefined;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new session, and what its cookie holds. */
  open(): { readonly session: Session; readonly cookie: string } {
    const endsAt = this.clock.now() + SESSION_SECONDS * 1000;
    const id = `${endsAt}.${randomBytes(16).toString('base64url')}`;
    return { session: this.describe(id, endsAt), cookie: `${id}.${this.sign('session', id)}` };
  }

  /** The session that a call's cookie shows; undefined where there is none, or none that is open. */
  of({ headers }: FastifyRequest): Session | undefined {
    // A neighbouring host may have set a cookie of the same name.
    const found = readSessionCookies(headers.cookie).map((cookie) => this.read(cookie));
    return found.find((session) => session !== undefined);
  }

  isOpen({ id, endsAt }: Session): boolean {
    return endsAt > this.clock.now() && !this.#ended.has(id);
  }

  end({ id, endsAt }: Session): void {
    const now = this.clock.now();
    for (const [old, end] of this.#ended) if (end <= now) this.#ended.delete(old);
    this.#ended.set(id, endsAt);
  }

  private read(cookie: string): Session | undefined {
    const [, id, endsAt, signature] = FORM.exec(cookie) ?? [];
    if (id === undefined || signature === undefined) return undefined;
    if (!includesSecret([this.sign('session', id)], signature)) return undefined;
    const session = this.describe(id, Number(endsAt));
    return this.isOpen(session) ? session : undefined;
  }

  private describe(id: string, endsAt: number): Session {
    return { id, endsAt, csrfToken: this.sign('csrf', id) };
  }

  private sign(use: 'session' | 'csrf', id: string): string {
    // Slow to make: who sees a cookie must not be able to try tokens against its signature.
    this.#key ??= scryptSync(this.config.adminToken ?? randomBytes(32), SALT, 32);
    return createHmac('sha256', this.#key).update(`${use} ${id}`).digest('base64url');
  }
}
