import type { Fault, RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';

/** What UserLeap got from one kill to the next. */
export interface Life {
  readonly requests: readonly RecordedRequest[];
  /** When the process that was killed was dead; epoch milliseconds. */
  readonly endedAt: number;
}

/** What the sandbox sees, cut at the kills. What it knows of users stays. */
export class SandboxLives {
  readonly lives: Life[] = [];
  #requests = 0;

  /** `always` holds in every life, before the faults of that life. */
  constructor(
    readonly sandbox: Sandbox,
    private readonly always: Fault,
  ) {
    sandbox.addFault(always);
  }

  /** To be called when a process is dead. Ends all faults but the one that always holds. */
  async end(): Promise<Life> {
    const endedAt = Date.now();
    // What a dead process has written can still be unread; all of it is read before this later call is answered.
    await fetch(`${this.sandbox.url}/__sandbox/nothing`);
    const requests = this.sandbox.requests().slice(this.#requests);
    this.#requests += requests.length;
    const life = { requests, endedAt };
    this.lives.push(life);
    this.sandbox.clearFaults();
    this.sandbox.addFault(this.always);
    return life;
  }
}
