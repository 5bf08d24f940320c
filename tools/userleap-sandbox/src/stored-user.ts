import { randomUUID } from 'node:crypto';
import type { AttributeValue, SandboxUser } from './sandbox-user';
import type { TimedEvent, Upsert } from './upsert';

interface EventSummary {
  count: number;
  earliest: number;
  latest: number;
}

/** One user, until it is purged. */
export class StoredUser {
  readonly id = randomUUID();
  emailAddress: string | undefined;
  // Maps: a name such as `__proto__` is a name like any other.
  private readonly attributes = new Map<string, AttributeValue>();
  private readonly events = new Map<string, EventSummary>();

  constructor(
    private readonly userId: string,
    private readonly createdAt: number,
  ) {}

  merge({ emailAddress, attributes = {}, events = [] }: Upsert): void {
    this.emailAddress = emailAddress ?? this.emailAddress;
    for (const [name, value] of Object.entries(attributes)) this.attributes.set(name, value);
    for (const event of events) this.addEvent(event);
  }

  addEvent({ event, timestamp }: TimedEvent): void {
    const { count, earliest, latest } = this.events.get(event) ?? { count: 0, earliest: timestamp, latest: timestamp };
    this.events.set(event, {
      count: count + 1,
      earliest: Math.min(earliest, timestamp),
      latest: Math.max(latest, timestamp),
    });
  }

  view(): Omit<SandboxUser, 'environment'> {
    return {
      id: this.id,
      externalUserId: this.userId,
      createdAt: this.createdAt,
      ...(this.emailAddress === undefined ? {} : { emailAddress: this.emailAddress }),
      attributes: Object.fromEntries(this.attributes),
      events: [...this.events].map(([event, { count, earliest, latest }]) => ({
        event,
        count,
        createdAt: earliest,
        updatedAt: latest,
      })),
    };
  }
}
