import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

// The largest answer that is read is a user's profile.
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * What came in answer to a request. The text, as far as it came: one that breaks off, does not end in time or is too large is
 * cut. What it answers is told by its status, which has come by then.
 */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What a request waits for. */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<HttpAnswer>;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #head: Omit<HttpAnswer, 'body'> | undefined;
  #controller: Controller | undefined;
  #giveUpFor: Error | undefined;
  #resolve!: (answer: HttpAnswer) => void;
  #reject!: (error: Error) => void;

  /** `onStart` is called when the connection is there and the request is about to be written to it. */
  constructor(private readonly onStart: () => void) {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** It has taken too long. */
  giveUp(reason: Error): void {
    this.#giveUpFor = reason;
    this.#controller?.abort(reason);
    this.onResponseError(undefined, reason);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#giveUpFor) return controller.abort(this.#giveUpFor);
    this.onStart();
  }

  onResponseStart(_: Controller, status: number, headers: Headers): void {
    // Below that more is to come.
    if (status >= 200) this.#head = { status, headers };
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > MAX_ANSWER_BYTES) controller.abort(new Error('a larger answer than is read'));
  }

  onResponseEnd(): void {
    if (this.#head) this.#resolve({ ...this.#head, body: Buffer.concat(this.#chunks).toString('utf8') });
  }

  onResponseError(_: Controller | undefined, error: Error): void {
    if (this.#head) this.onResponseEnd();
    else this.#reject(error);
  }
}
