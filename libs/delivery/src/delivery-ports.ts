import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';

/** What a host remembers of the users that UserLeap knows, for one destination. A forgetful host costs requests only. */
export interface KnownUsersPort {
  isKnown(userId: string): Promise<boolean>;
  remember(userId: string): Promise<void>;
  forget(userId: string): Promise<void>;
}

/** The outside of a delivery: everything that differs between the hosts. */
export interface DeliveryPorts {
  /**
   * Sends a request as it stands, without following redirects. Failure is a value: never rejects. `events` are the places
   * in the list of those that it carries, or that a look-up is made for.
   */
  send(request: UserLeapRequest, events: readonly number[]): Promise<UserLeapReply>;
  readonly knownUsers: KnownUsersPort;
  /** Epoch milliseconds. */
  now(): number;
  /** Epoch milliseconds after which no request is begun; what is left then is to be retried. */
  readonly deadline?: number;
}
