import type { Fault, RecordedRequest, Sandbox, SandboxUser } from '@segment-userleap/userleap-sandbox';

/** What UserLeap saw of one process of the relay, from its start to its end. */
export interface Life {
  readonly requests: readonly RecordedRequest[];
  /** With how often each event was counted in this life. */
  readonly users: readonly SandboxUser[];
}

/** A sandbox that is set back whenever the relay has died, and what it saw until then. */
export class SandboxLives {
  readonly lives: Life[] = [];

  /** `always` holds in every life, before the faults of that life. */
  constructor(
    readonly sandbox: Sandbox,
    private readonly always: Fault,
  ) {
    sandbox.addFault(always);
  }

  /** To be called when the process is dead. Ends all faults but the one that always holds. */
  async end(): Promise<Life> {
    // What a dead process has written can still be unread; all of it is read before this later call is answered.
    await fetch(`${this.sandbox.url}/__sandbox/nothing`);
    const life = { requests: this.sandbox.requests(), users: this.sandbox.users() };
    this.lives.push(life);
    this.sandbox.clear();
    this.sandbox.addFault(this.always);
    return life;
  }
}
