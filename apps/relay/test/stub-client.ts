import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Clock } from '../src/delivery/clock';

const LATENCY_MS = 100;

export interface SentRequest {
  readonly kind: UserLeapRequest['kind'];
  /** Of an upsert. */
  readonly userId: string | undefined;
  readonly sentAt: number;
}

/** UserLeap as the engine sees it: every request is answered a tenth of a second later, as the test says by then. */
export class StubClient {
  readonly sent: SentRequest[] = [];
  mostInFlight = 0;
  mostOfOneUser = 0;
  reply: UserLeapReply = replyWith(202);
  /** In the place of `reply`, where the answer depends on the request. */
  replyTo: (request: SentRequest) => UserLeapReply = () => this.reply;
  readonly #inFlight: SentRequest[] = [];

  constructor(private readonly clock: Clock) {}

  get inFlight(): number {
    return this.#inFlight.length;
  }

  send({ kind, body = '{}' }: UserLeapRequest): Promise<UserLeapReply> {
    const { userId } = JSON.parse(body) as { userId?: string };
    const request = { kind, userId, sentAt: this.clock.now() };
    this.sent.push(request);
    this.#inFlight.push(request);
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const ofOneUser = this.#inFlight.filter((one) => one.userId === userId).length;
    this.mostOfOneUser = Math.max(this.mostOfOneUser, ofOneUser);
    return new Promise((resolve) => {
      this.clock.setTimer(() => {
        this.#inFlight.splice(this.#inFlight.indexOf(request), 1);
        resolve(this.replyTo(request));
      }, LATENCY_MS);
    });
  }
}

export function replyWith(status: number, headers: Readonly<Record<string, string>> = {}): UserLeapReply {
  return { status, headers, body: '' };
}
