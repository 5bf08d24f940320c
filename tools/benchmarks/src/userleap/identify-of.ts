import { sampleEvent } from '../load/sample-event';

/** An event as the relay is given it: what a job of a peer holds. */
export interface Identify {
  readonly userId: string;
  readonly traits: Readonly<Record<string, unknown>>;
}

/** An Identify of each of so many users. */
export function identifiesOf(users: number): readonly Identify[] {
  const event = sampleEvent('identify') as Identify;
  return Array.from({ length: users }, (_, user) => ({ ...event, messageId: `m${user}`, userId: `user-${user}` }));
}
