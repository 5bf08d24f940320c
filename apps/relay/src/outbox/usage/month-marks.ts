import type { UsageTally } from '../counting/usage-tally';
import { monthOf } from '../counting/calendar';

interface Mark {
  readonly at: number;
  /** False: the user has counted before, and was erased meanwhile. */
  readonly isNew: boolean;
}

/** Users who are to be marked as those of a month, because something was sent for them; until they are. */
export class MonthMarks {
  readonly #months = new Map<number, Map<string, Mark>>();

  constructor(
    private readonly environment: string,
    private readonly tally: UsageTally,
  ) {}

  add(userId: string, mark: Mark): void {
    const month = monthOf(mark.at);
    const users = this.#months.get(month) ?? new Map<string, Mark>();
    this.#months.set(month, users.set(userId, mark));
  }

  /** The month that the user is to be marked with; null: none, or the month turns just now, and there may be two. */
  monthOf(userId: string): number | null {
    const [only] = this.#months;
    return only && this.#months.size === 1 && only[1].has(userId) ? only[0] : null;
  }

  /** Who is left, the earlier month first. */
  list(): readonly { readonly month: number; readonly users: readonly string[] }[] {
    return [...this.#months]
      .sort(([one], [other]) => one - other)
      .map(([month, users]) => ({ month, users: [...users.keys()] }));
  }

  /** The user was marked with the month, and had not been: it counts. */
  made(userId: string, month = this.monthOf(userId)): void {
    const users = month === null ? undefined : this.#months.get(month);
    const mark = users?.get(userId);
    users?.delete(userId);
    if (mark?.isNew) this.tally.addUsers(this.environment, mark.at, [userId]);
  }
}
