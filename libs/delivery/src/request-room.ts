import type { UpsertOperation } from '@segment-userleap/mapping';
import { MAX_EVENTS_PER_UPSERT, MAX_UPSERT_BYTES } from '@segment-userleap/userleap-api';
import type { AttributeValue } from '@segment-userleap/userleap-api';
import { mergeUpserts } from './merge-upserts';
import type { Pending } from './pending';
import { utf8Length } from './utf8-length';

type Upsert = Pending<UpsertOperation>;

// Of each list; no comma follows the last of it.
const EVENTS_KEY = ',"events":[]'.length - 1;
const ATTRIBUTES_KEY = ',"attributes":{}'.length - 1;

/** The room in one request, beside what creates its user. Of an attribute that several have the longest value counts. */
export class RequestRoom {
  #bytes: number;
  #events = 0;
  readonly #attributes: Map<string, number>;

  constructor(userId: string, creating: readonly Upsert[]) {
    const { upsert } = mergeUpserts(userId, creating);
    this.#bytes = utf8Length(JSON.stringify(upsert)) + EVENTS_KEY;
    this.#attributes = lengthsOf(Object.entries(upsert.attributes ?? {}));
  }

  /** Takes it in, if there is room for it. Returns whether there was. */
  take({ operation }: Upsert): boolean {
    const { events } = operation;
    const attributes = lengthsOf(operation.attributes);
    // A comma follows each, in place of two brackets around all.
    const eventsLength = events.length === 0 ? 0 : utf8Length(JSON.stringify(events)) - 1;
    const bytes = this.#bytes + eventsLength + this.#growthBy(attributes);
    if (this.#events + events.length > MAX_EVENTS_PER_UPSERT || bytes > MAX_UPSERT_BYTES) return false;
    this.#bytes = bytes;
    this.#events += events.length;
    for (const [name, length] of attributes) {
      this.#attributes.set(name, Math.max(length, this.#attributes.get(name) ?? 0));
    }
    return true;
  }

  #growthBy(attributes: ReadonlyMap<string, number>): number {
    let bytes = this.#attributes.size === 0 && attributes.size > 0 ? ATTRIBUTES_KEY : 0;
    for (const [name, length] of attributes) bytes += Math.max(0, length - (this.#attributes.get(name) ?? 0));
    return bytes;
  }
}

/** Of each attribute with its name and a comma. */
function lengthsOf(attributes: Iterable<[string, AttributeValue]>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const [name, value] of attributes) {
    lengths.set(name, utf8Length(`${JSON.stringify(name)}:${JSON.stringify(value)},`));
  }
  return lengths;
}
