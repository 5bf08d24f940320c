import type { SandboxUser } from '@segment-userleap/userleap-sandbox';

/** What UserLeap has of the users in the end, by id. How often an event happened is left out: a late Alias can change it. */
export type EndState = Readonly<Record<string, unknown>>;

/** What counts of the users of a sandbox. */
export function endState(users: readonly SandboxUser[]): EndState {
  return Object.fromEntries(
    users.map(({ externalUserId, emailAddress, attributes, events }) => [
      externalUserId,
      {
        emailAddress,
        attributes,
        events: Object.fromEntries(events.map(({ event, createdAt, updatedAt }) => [event, [createdAt, updatedAt]])),
      },
    ]),
  );
}
