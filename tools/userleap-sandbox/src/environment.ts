import { PendingUpserts } from './pending-upserts';
import type { Purge } from './purge';
import type { SandboxOptions } from './sandbox-options';
import type { SandboxUser } from './sandbox-user';
import { SlidingWindow } from './sliding-window';
import { StoredUser } from './stored-user';
import type { Upsert } from './upsert';

/** What belongs to one API key: its users and its rate limit. */
export class Environment {
  readonly window: SlidingWindow;
  private readonly users = new Map<string, StoredUser>();
  private readonly pending: PendingUpserts;

  constructor(
    readonly number: number,
    private readonly options: Required<SandboxOptions>,
  ) {
    this.window = new SlidingWindow(options.rateLimit);
    this.pending = new PendingUpserts(options.applyDelayMs, (upsert) => this.apply(upsert));
  }

  now(): number {
    return this.options.now();
  }

  find(userId: string): StoredUser | undefined {
    return this.users.get(userId);
  }

  list(): SandboxUser[] {
    return [...this.users.values()].map((user) => ({ environment: this.number, ...user.view() }));
  }

  get unapplied(): number {
    return this.pending.count;
  }

  upsert(upsert: Upsert): void {
    this.pending.add(upsert);
  }

  /** The ids of those that a purge names and that exist here, visible or not yet. */
  findPurged({ userIds = [], emails = [], visitorIds = [] }: Purge): ReadonlySet<string> {
    const purged = new Set<string>();
    for (const [userId, { id, emailAddress }] of this.users) {
      if (userIds.includes(userId) || visitorIds.includes(id) || isOneOf(emails, emailAddress)) purged.add(userId);
    }
    for (const { userId, emailAddress } of this.pending.all()) {
      if (userIds.includes(userId) || isOneOf(emails, emailAddress)) purged.add(userId);
    }
    return purged;
  }

  erase(userIds: ReadonlySet<string>): void {
    this.pending.drop(({ userId }) => userIds.has(userId));
    for (const userId of userIds) this.users.delete(userId);
  }

  dropPending(): void {
    this.pending.drop(() => true);
  }

  private apply(upsert: Upsert): void {
    const user = this.users.get(upsert.userId) ?? new StoredUser(upsert.userId, this.now());
    user.merge(upsert);
    this.users.set(upsert.userId, user);
  }
}

function isOneOf(values: readonly string[], value: string | undefined): boolean {
  return value !== undefined && values.includes(value);
}
