import type { EventState } from '../schema/outbox-schema';

/** Something that happened to an event. Times are ISO-8601. */
export type StoryEntry = { readonly at: string } &
  /** `claimed`: it became known whose it is, which was `held` until then. */
  (
    | { readonly kind: 'accepted' | 'held' | 'claimed' | 'replayed' }
    /** An attempt that left it waiting; of many alike in a row the first and the last. */
    | {
        readonly kind: 'waited';
        readonly reason: string;
        readonly message: string;
        /** Before then it is not tried again. */
        readonly dueAt?: string;
        /** The how many-th that left it waiting. */
        readonly attempt: number;
      }
    /** A request that carried it, or asked whether its user is known. */
    | {
        readonly kind: 'request';
        readonly method: string;
        /** Without the id of the user. */
        readonly path: string;
        readonly status: number | null;
        /** Why there is no status. */
        readonly failure: string | null;
        readonly milliseconds: number;
        /** How many events shared it. */
        readonly events: number;
      }
    | {
        readonly kind: 'settled';
        readonly state: EventState;
        readonly reason: string | null;
        readonly message: string | null;
      }
  );
