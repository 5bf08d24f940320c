/** One promise about what events become, as data: played through every host. Lives in `vectors/<folder>/<claim>.json`. */
export interface Vector {
  /** `identify/email-is-trimmed`. */
  readonly name: string;
  readonly why: string;
  /** The host's clock, ISO-8601. */
  readonly now: string;
  /** What differs from the defaults; key and endpoint are the runner's. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The host holds the events of visitors for so long: those in `before`, as what is held has no outcome yet. */
  readonly hold?: string;
  /** For so many users something may be sent in a month. */
  readonly monthlyUsers?: number;
  /** Batches that were handed over at earlier times, one after the other, before `before`. */
  readonly earlier?: readonly EarlierBatch[];
  /** Handed over as a batch of their own first, and delivered by then: what the host knows when `events` come. */
  readonly before?: readonly unknown[];
  /** Come by the relay's Tracking API, where no Segment has routed them; by default they come from Segment. */
  readonly door?: 'tracking';
  /** Handed over as one batch, in this order. */
  readonly events: readonly unknown[];
  /** Scripted answers; without one, UserLeap behaves normally. */
  readonly replies: readonly ScriptedReply[];
  readonly expect: { readonly requests: readonly ExpectedRequest[]; readonly outcomes: readonly ExpectedOutcome[] };
  readonly skip?: readonly { readonly host: HostName; readonly why: string }[];
}

export interface EarlierBatch {
  /** The host's clock then, ISO-8601. */
  readonly now: string;
  readonly events: readonly unknown[];
}

export type HostName = 'relay' | 'function';

export interface ScriptedReply {
  /** Method and exact path: `GET /v2/users/u1`. */
  readonly to: string;
  /** Only for a body that has an event of this name. */
  readonly event?: string;
  /** Only for a body about this user. */
  readonly userId?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly network_failure?: boolean;
  readonly times?: number;
}

export interface ExpectedRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface ExpectedWarning {
  readonly code: string;
  readonly trait: string;
}

export interface ExpectedOutcome {
  readonly outcome: 'delivered' | 'filtered' | 'unsupported' | 'rejected' | 'retry';
  readonly reason?: string;
  readonly message?: string;
  readonly delayMs?: number;
  readonly warnings?: readonly ExpectedWarning[];
}
