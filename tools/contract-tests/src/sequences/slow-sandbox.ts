import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { sandboxInProcess } from '@segment-userleap/userleap-sandbox';
import type { SandboxUser } from '@segment-userleap/userleap-sandbox';
import { REFUSED_EVENT } from './arbitrary-sequence';

interface Body {
  readonly userId?: string;
  readonly userIds?: readonly string[];
  readonly events?: readonly { readonly event: string }[];
}

/** A UserLeap that shows what it was told when it is told to: no clock is waited for. It does not take `REFUSED_EVENT`. */
export class SlowSandbox {
  readonly #sandbox;
  #unapplied: readonly UserLeapRequest[] = [];

  constructor(now: () => number) {
    this.#sandbox = sandboxInProcess({ applyDelayMs: 0, now, rateLimit: { requests: 1_000_000, windowMs: 1_000 } });
  }

  get url(): string {
    return this.#sandbox.url;
  }

  async exchange(request: UserLeapRequest): Promise<UserLeapReply> {
    const { userIds = [], events = [] } = bodyOf(request);
    if (events.some(({ event }) => event === REFUSED_EVENT)) return { status: 400, headers: {}, body: '' };
    if (request.kind === 'upsert') {
      this.#unapplied = [...this.#unapplied, request];
      return { status: 202, headers: {}, body: '' };
    }
    this.#unapplied = this.#unapplied.filter((upsert) => !userIds.includes(bodyOf(upsert).userId ?? ''));
    return (await this.#sandbox.exchange(request)) ?? { failure: 'network_failure' };
  }

  async applyAll(): Promise<void> {
    for (const request of this.#unapplied) {
      const reply = await this.#sandbox.exchange(request);
      if (reply?.status !== 202) throw new Error('the sandbox did not take an upsert');
    }
    this.#unapplied = [];
  }

  users(): readonly SandboxUser[] {
    return this.#sandbox.users();
  }
}

function bodyOf({ body }: UserLeapRequest): Body {
  return body === undefined ? {} : (JSON.parse(body) as Body);
}
