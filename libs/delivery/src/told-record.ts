/** What UserLeap was told last of one attribute. */
export interface ToldValue {
  /** 48 bits of a keyed hash of the value. */
  readonly hash: number;
  /** When it was so: the event's time, epoch milliseconds. */
  readonly at: number;
  /** When UserLeap was told, epoch milliseconds; 0: so long ago, or so uncertainly, that it counts as never. */
  readonly toldAt: number;
}

/** What UserLeap was told of a user; names and values as hashes only. */
export interface ToldRecord {
  /** When it was told anything. */
  readonly toldAt: number;
  /** By 32 bits of a keyed hash of the attribute's name. */
  readonly values: ReadonlyMap<number, ToldValue>;
}

export const NOTHING_TOLD: ToldRecord = { toldAt: 0, values: new Map() };

const FORM = 1;
const TIME_BYTES = 6;
const NAME_BYTES = 4;
const HASH_BYTES = 6;
const VALUE_BYTES = NAME_BYTES + HASH_BYTES + TIME_BYTES;
// A value's event time has 42 bits (the year 2109); below it stands which of these times it was told at, the last for 0.
const TOLD_TIMES = 16;
const LATEST = 2 ** 42 - 1;
// More than UserLeap keeps of a user.
const MOST_VALUES = 128;

/** 16 bytes for each value, and a few for all. Of very many values those are left out that were told first. */
export function writeTold({ toldAt, values }: ToldRecord): Uint8Array {
  const newest = [...values].sort(([, one], [, other]) => other.toldAt - one.toldAt).slice(0, MOST_VALUES);
  const all = new Set([toldAt, ...newest.map(([, value]) => value.toldAt)].filter((time) => time > 0));
  const times = [...all].slice(0, TOLD_TIMES - 1);
  const bytes = [FORM, times.length];
  const write = (value: number, length: number): void => {
    for (let left = value, at = 0; at < length; at += 1, left = Math.floor(left / 256)) bytes.push(left % 256);
  };
  for (const time of times) write(time, TIME_BYTES);
  for (const [name, value] of newest) {
    const place = times.indexOf(value.toldAt);
    write(name, NAME_BYTES);
    write(value.hash, HASH_BYTES);
    write(Math.min(LATEST, Math.max(0, value.at)) * TOLD_TIMES + (place === -1 ? TOLD_TIMES - 1 : place), TIME_BYTES);
  }
  return Uint8Array.from(bytes);
}

/** What `writeTold` wrote; nothing where it was something else. */
export function readTold(bytes: Uint8Array | undefined): ToldRecord {
  if (bytes?.[0] !== FORM) return NOTHING_TOLD;
  let at = 1;
  const read = (length: number): number => {
    at += length;
    let value = 0;
    for (let left = 1; left <= length; left += 1) value = value * 256 + (bytes[at - left] ?? 0);
    return value;
  };
  const times = Array.from({ length: read(1) }, () => read(TIME_BYTES));
  const values = new Map<number, ToldValue>();
  while (at + VALUE_BYTES <= bytes.length) {
    const name = read(NAME_BYTES);
    const hash = read(HASH_BYTES);
    const time = read(TIME_BYTES);
    values.set(name, { hash, at: Math.floor(time / TOLD_TIMES), toldAt: times[time % TOLD_TIMES] ?? 0 });
  }
  return { toldAt: times[0] ?? 0, values };
}

/**
 * What two have kept of one user, side by side: of each attribute what is newer, of two as new what came last. For a host whose
 * users others may have changed since it read what it adds to.
 */
export function mergeTold(kept: Uint8Array | undefined, news: Uint8Array): Uint8Array {
  const [before, after] = [readTold(kept), readTold(news)];
  const values = new Map(before.values);
  for (const [name, value] of after.values) if (value.at >= (values.get(name)?.at ?? 0)) values.set(name, value);
  return writeTold({ toldAt: Math.max(before.toldAt, after.toldAt), values });
}
