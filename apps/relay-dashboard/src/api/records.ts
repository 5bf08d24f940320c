import type { Warning } from '@segment-userleap/mapping';

// What the relay answers; times are ISO-8601.

export const EVENT_STATES = ['pending', 'delivered', 'filtered', 'unsupported', 'rejected'] as const;

export type EventState = (typeof EVENT_STATES)[number];

/** What became of an event. */
export interface EventRecord {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  readonly userId: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly attempts: number;
  readonly acceptedAt: string;
  readonly settledAt: string | null;
}

/** One step of an event's story. */
export type StoryEntry =
  | { readonly at: string; readonly kind: 'accepted' }
  | {
      readonly at: string;
      readonly kind: 'waited';
      readonly reason: string;
      readonly message: string;
      readonly dueAt?: string | null;
      readonly attempt: number;
    }
  | {
      readonly at: string;
      readonly kind: 'request';
      readonly method: string;
      readonly path: string;
      readonly status: number | null;
      readonly failure: string | null;
      readonly milliseconds: number;
      /** How many events shared it. */
      readonly events: number;
    }
  | {
      readonly at: string;
      readonly kind: 'settled';
      readonly state: EventState;
      readonly reason: string | null;
      readonly message: string | null;
    }
  | { readonly at: string; readonly kind: 'replayed' };

/** A request to UserLeap, without its host and headers. */
export interface PreviewedRequest {
  readonly method: string;
  readonly path: string;
  /** Null where there is none. */
  readonly body: unknown;
}

/** What one event alone becomes, its user known. */
export interface Preview {
  readonly outcome: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly requests: readonly PreviewedRequest[];
}

export interface EventStory {
  readonly event: EventRecord;
  /** Null once the user's data was erased. */
  readonly body: unknown;
  /** What it becomes under the settings of today. */
  readonly part: Preview | null;
  readonly story: readonly StoryEntry[];
}

/** A user that something waits for. */
export interface Lane {
  readonly destination: string;
  readonly userId: string;
  readonly pending: number;
  readonly oldestAt: string;
  /** Null: ready. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly waitsFor: 'budget' | 'retry' | 'identify' | 'answer';
}

export interface DestinationRecord {
  readonly name: string;
  readonly state: 'delivering' | 'paused';
  readonly reason: string | null;
  readonly pausedBy: 'relay' | 'person' | null;
  readonly pausedAt: string | null;
  readonly nextProbeAt: string | null;
  readonly pending: number;
  readonly budget: {
    readonly requests: number;
    readonly windowSeconds: number;
    readonly used: number;
    readonly blockedUntil: string | null;
  };
}

export interface DeadLetterGroup {
  readonly destination: string;
  readonly reason: string;
  readonly message: string | null;
  readonly count: number;
  readonly oldestAt: string;
  readonly newestAt: string;
  readonly sampleId: number;
}

/** Which dead letters: those that the fields name, or all. */
export type DeadLetterFilter =
  { readonly all: true } | { readonly destination: string; readonly reason: string } | { readonly id: number };

export interface Minute {
  readonly at: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly unsupported: number;
  readonly rejected: number;
  readonly requests: number;
  /** The most in that minute; null where nobody looked, as is the longest wait. */
  readonly waiting: number | null;
  readonly longestWaitSeconds: number | null;
}

export interface Overview {
  /** The last sixty, oldest first. */
  readonly minutes: readonly Minute[];
  readonly pending: number;
  readonly oldestPendingAt: string | null;
  readonly deadLetters: number;
  readonly destinations: readonly DestinationRecord[];
}

export type SessionAnswer =
  | { readonly signedIn: true; readonly csrfToken: string }
  | { readonly signedIn: false; readonly csrfToken?: undefined };

/** A setting of the Segment Function, as Segment's editor asks for it. */
export interface FunctionSetting {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly required: boolean;
  readonly sensitive: boolean;
}
