import type { UserUpdate, Warning } from '@segment-userleap/mapping';
import type { AttributeValue } from '@segment-userleap/userleap-api';
import { hashText } from './hash-text';
import type { Secret } from './hash-text';
import { readTold, writeTold } from './told-record';
import type { ToldRecord, ToldValue } from './told-record';
import type { Upserts } from './user-upserts';

type Upsert = Upserts[number];
type Values = Pick<UserUpdate, 'emailAddress' | 'attributes'>;

// No attribute begins so.
const EMAIL_ADDRESS = '!email';
const [HASH_HIGH, NAME_AND_HASH] = [0x10000, 2 ** 32];

/** What of an upsert UserLeap is still to be told. */
export interface News {
  /** Without the values that UserLeap was told newer ones of. */
  readonly upsert: Upsert;
  /** Those of them that an earlier run told. */
  readonly stale: readonly Warning[];
}

/** A value that UserLeap was told: by the upsert in this place of the list, or, -1, by an earlier run. */
interface Told extends ToldValue {
  readonly index: number;
}

/**
 * What UserLeap was told of a user, by this run and those before it. Requests do not always go out in order of event time: a call may be
 * late, is tried again or replayed, and the parts of a request that was refused go by the names of their events. The last value
 * by event time stays the last.
 */
export class UserMemory {
  #toldAt: number;
  readonly #values: Map<number, Told>;
  /** Each is asked for several times. */
  readonly #keys = new Map<string, number>();

  constructor(
    private readonly userId: string,
    private readonly secret: Secret,
    kept?: Uint8Array,
  ) {
    const { toldAt, values } = readTold(kept);
    this.#toldAt = toldAt;
    this.#values = new Map([...values].map(([name, value]) => [name, { ...value, index: -1 }]));
  }

  newsOf(upsert: Upsert): News {
    if (this.#values.size === 0) return { upsert, stale: [] };
    const stale: Warning[] = [];
    const isNews = (name: string, value: AttributeValue): boolean => {
      const told = this.#valueOf(name);
      if (!isLater(told, upsert) || told.hash === this.#hashOf(name, value)) return true;
      if (told.index < 0) stale.push({ code: 'stale_value', trait: name === EMAIL_ADDRESS ? 'email' : name });
      return false;
    };
    return { upsert: { ...upsert, operation: only(upsert.operation, isNews) }, stale };
  }

  /** Whether UserLeap was told since then all that the upsert tells, or something newer of it. */
  holds(upsert: Upsert, since: number, now: number): boolean {
    const { operation } = upsert;
    if (operation.events.length > 0) return false;
    const isRecent = (toldAt = 0): boolean => toldAt >= since && toldAt <= now;
    const news = valuesOf(this.newsOf(upsert).upsert.operation);
    const isTold = ([name, value]: readonly [string, AttributeValue]): boolean => {
      const told = this.#valueOf(name);
      return told?.hash === this.#hashOf(name, value) && isRecent(told.toldAt);
    };
    const isEmpty = valuesOf(operation).length === 0;
    return news.every(isTold) && (!isEmpty || isRecent(this.#toldAt));
  }

  /** Without what UserLeap was told anything of: a look-up may not show it yet. */
  lackingOf<V extends Values>(values: V) {
    return only(values, (name) => !this.#valueOf(name));
  }

  /** The event time of what UserLeap was told of the attribute; 0 where nobody knows. */
  timeOf(name: string): number {
    return this.#valueOf(name)?.at ?? 0;
  }

  /**
   * UserLeap has the values of the call at this place of the list, which are of these times. `toldAt`: since then; undefined: it
   * had them before.
   */
  note(values: Values, index: number, timeOf: (name: string) => number, toldAt?: number): void {
    for (const [name, value] of valuesOf(values)) {
      const told = this.#valueOf(name);
      const news = { hash: this.#hashOf(name, value), at: timeOf(name), toldAt: toldAt ?? told?.toldAt ?? 0, index };
      if (!told || told.at <= news.at) this.#values.set(this.#keyOf(name), news);
      else if (told.hash === news.hash) this.#values.set(this.#keyOf(name), { ...told, toldAt: news.toldAt });
    }
    this.#toldAt = toldAt ?? this.#toldAt;
  }

  /** Nobody knows whether UserLeap was told this: what it was told before counts as long ago. Returns whether that is news. */
  doubt(values: Values): boolean {
    let isNews = false;
    for (const [name] of valuesOf(values)) {
      const told = this.#valueOf(name);
      if (!told || told.toldAt === 0) continue;
      this.#values.set(this.#keyOf(name), { ...told, toldAt: 0 });
      isNews = true;
    }
    return isNews;
  }

  write(): Uint8Array {
    return writeTold({ toldAt: this.#toldAt, values: this.#values } satisfies ToldRecord);
  }

  #valueOf(name: string): Told | undefined {
    return this.#values.get(this.#keyOf(name));
  }

  #keyOf(name: string): number {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const [key] = this.#hash(name);
    this.#keys.set(name, key);
    return key;
  }

  #hashOf(name: string, value: AttributeValue): number {
    const [low, high] = this.#hash(`${name}\n${JSON.stringify(value)}`);
    return (high % HASH_HIGH) * NAME_AND_HASH + low;
  }

  /** Of each user another: equal values of two users do not look equal. */
  #hash(text: string): readonly [number, number] {
    return hashText(`${this.userId}\n${text}`, this.secret);
  }
}

function valuesOf({ emailAddress, attributes }: Values): readonly (readonly [string, AttributeValue])[] {
  return [...attributes, ...(emailAddress === undefined ? [] : [[EMAIL_ADDRESS, emailAddress] as const])];
}

/** The same with these values alone. */
function only<V extends Values>(
  { emailAddress, ...values }: V,
  isMeant: (name: string, value: AttributeValue) => boolean,
) {
  const attributes = new Map<string, AttributeValue>();
  for (const [name, value] of values.attributes) if (isMeant(name, value)) attributes.set(name, value);
  const hasAddress = emailAddress !== undefined && isMeant(EMAIL_ADDRESS, emailAddress);
  return { ...values, attributes, ...(hasAddress ? { emailAddress } : {}) };
}

/** Of one event time what comes later in the list is newer; what an earlier run told is not. */
function isLater(told: Told | undefined, { index, operation }: Upsert): told is Told {
  return told !== undefined && (told.at > operation.at || (told.at === operation.at && told.index > index));
}
