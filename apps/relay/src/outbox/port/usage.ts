/** What an upsert told UserLeap of its user. */
export interface ToldUser {
  readonly userId: string;
  /** It was known, when the request went, that the user counts in this month already. */
  readonly isTracked: boolean;
  /** How many; the e-mail address is one. */
  readonly attributes: number;
  /** How many of each name. */
  readonly events: readonly (readonly [name: string, count: number])[];
}

/** A user whom UserLeap was told of before a turn, as it shows, and nobody could count. */
export interface FoundUser {
  readonly userId: string;
  /** When it was, at the latest. */
  readonly at: number;
  /** It was known that the user counts in the month of that time. */
  readonly isTracked: boolean;
  /** How many of its events. */
  readonly events: number;
}

/** Users something is to be sent for, in a month that may have so many of them. */
export interface TrackCall {
  readonly environment: string;
  /** The more important first. */
  readonly users: readonly string[];
  readonly at: number;
  readonly limit: number;
}

/** Those of the users something may be sent for. */
export interface TrackedUsers {
  /** They counted already. */
  readonly had: readonly string[];
  /** They count from now on. */
  readonly taken: readonly string[];
}

/** A user that took a place in the month of this time. */
export interface TakenUser {
  readonly userId: string;
  readonly at: number;
}

/** What counts of a month. */
export interface UsageTotals {
  /** Users something was sent for, each once in a month: of a day those for whom it was the first in its month. */
  readonly trackedUsers: number;
  readonly events: number;
  readonly attributes: number;
}

export interface UsageCall {
  /** Where it was sent. */
  readonly environment: string;
  /** What of all that came was meant for it. */
  readonly destinations: readonly string[];
  /** 202612 */
  readonly month: number;
}

/** What was sent in a calendar month (UTC), and in those before and after it that are kept. */
export interface Usage {
  /** Oldest first, those alone in which something was sent. */
  readonly months: readonly (UsageTotals & { readonly month: number })[];
  /** Of the month and the one before it, oldest first. */
  readonly days: readonly (UsageTotals & { readonly day: number })[];
  /** How many of the month's users a sample would have. */
  readonly sampled: readonly { readonly percent: number; readonly trackedUsers: number }[];
  /** Names and users that were sent most, the most frequent first: about. */
  readonly topEvents: readonly { readonly event: string; readonly events: number }[];
  readonly topUsers: readonly { readonly userId: string; readonly events: number }[];
  /** Events of the month that were not sent, by reason. */
  readonly saved: ReadonlyMap<string, number>;
}
