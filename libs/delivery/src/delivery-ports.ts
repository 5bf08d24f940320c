import type { mapEvent } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Doubts } from './doubts';
import type { Secret } from './hash-text';

/** What a host remembers of the users of one environment. One that forgets pays with look-ups, and with requests that tell nothing new. */
export interface UsersPort {
  isKnown(userId: string): Promise<boolean>;
  /** UserLeap knows this user. */
  remember(userId: string): Promise<void>;
  /** UserLeap has taken the order to erase this user: what the host itself holds of the user has to go, too. */
  erased(userId: string): Promise<void>;
  /**
   * When this host last told UserLeap something about the user, epoch milliseconds; undefined where it was not lately, or
   * where nobody knows. UserLeap shows what it was told a moment later.
   */
  lastTold(userId: string): Promise<number | undefined>;
  /** UserLeap has taken an upsert for this user. A host that can tell from records of its own needs no call. */
  told?(userId: string): Promise<void>;
  /** What was kept last of what UserLeap was told of the user; undefined: nothing, or nobody knows. */
  loadMemory(userId: string): Promise<Uint8Array | undefined>;
  /** Keeps it: it names nothing and nobody, and is of use with the same secret only. `erased` ends it. */
  keepMemory(userId: string, memory: Uint8Array): Promise<void>;
  /** Of whoever keeps the memory, and always the same. */
  readonly secret: Secret;
  /** UserLeap has taken a request at this address with this key before. Where a host forgets it, a purge answered 404 waits. */
  hasAnswered(): Promise<boolean>;
  /** UserLeap has taken a request. Called once in a run. */
  answered(): Promise<void>;
}

/** The outside of a delivery: everything that differs between the hosts. */
export interface DeliveryPorts {
  /**
   * Sends a request as it stands, without following redirects. `events` are the places in the list of the events that
   * share it. Failure is a value: never rejects.
   */
  send(request: UserLeapRequest, events: readonly number[]): Promise<UserLeapReply>;
  readonly users: UsersPort;
  /** Only of a host that may have sent something of the list before. */
  readonly doubts?: Doubts;
  /** Only of a host that knows more of the events than they say themselves; in the place of `mapEvent`. */
  readonly mapEvent?: typeof mapEvent;
  /** Epoch milliseconds. */
  now(): number;
  /** Epoch milliseconds after which no request is begun; what is left then is to be retried. */
  readonly deadline?: number;
  /** Milliseconds for which an Identify that tells what UserLeap was told already makes no request; 0: it always does. */
  readonly unchangedMs: number;
}
