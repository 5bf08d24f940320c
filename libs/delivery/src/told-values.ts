import type { UpsertOperation } from '@segment-userleap/mapping';
import type { Pending } from './pending';

type Upsert = Pending<UpsertOperation>;

// No attribute begins so.
const EMAIL_ADDRESS = '!email';

/**
 * Which values of a user UserLeap was told in this run. Requests do not always go out in order of event time: the parts of one that was
 * refused go by the names of their events. The last value by event time stays the last.
 */
export class ToldValues {
  /** By attribute the newest upsert that told it. */
  readonly #newest = new Map<string, Upsert>();

  /** The upsert without the values that UserLeap was told newer ones of. */
  newsOf(upsert: Upsert): Upsert {
    const isNews = (name: string): boolean => !isLater(this.#newest.get(name), upsert);
    const { emailAddress, ...operation } = upsert.operation;
    const attributes = new Map([...operation.attributes].filter(([name]) => isNews(name)));
    const hasAddress = emailAddress !== undefined && isNews(EMAIL_ADDRESS);
    return { ...upsert, operation: { ...operation, attributes, ...(hasAddress ? { emailAddress } : {}) } };
  }

  /** UserLeap has taken the upsert. */
  note(upsert: Upsert): void {
    const { attributes, emailAddress } = upsert.operation;
    for (const name of [...attributes.keys(), ...(emailAddress === undefined ? [] : [EMAIL_ADDRESS])]) {
      if (!isLater(this.#newest.get(name), upsert)) this.#newest.set(name, upsert);
    }
  }
}

function isLater(one: Upsert | undefined, other: Upsert): boolean {
  if (!one) return false;
  return (
    one.operation.at - other.operation.at > 0 || (one.operation.at === other.operation.at && one.index > other.index)
  );
}
