import { MAX_ATTRIBUTES } from '@segment-userleap/userleap-api';

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

const FORM = 2;
// It had no time before all.
const FORMER = 1;
const TIME_BYTES = 6;
const NAME_BYTES = 4;
const HASH_BYTES = 6;
// An event time has 42 bits: until the year 2109, and none is read after 2100. Below it stand three for the time of telling, the last for 0, and three for how many
// values have both in common.
const EIGHT = 8;
const MOST_TIMES = EIGHT - 1;
// A visitor's trait is a millisecond older than all times there are.
const OLDEST = -1;
// More than UserLeap keeps of a user: attributes that it keeps, the address, and some that it kept before.
const MOST_VALUES = MAX_ATTRIBUTES + 28;

/**
 * At most 16 bytes for a value, ten where many were told together, and a few for all. Of more than seven times of telling those that are
 * closest to an earlier one count as that one. Of very many values those are left out that were told first.
 */
export function writeTold({ toldAt, values }: ToldRecord): Uint8Array {
  const last = [...values]
    .sort(([, one], [, other]) => other.toldAt - one.toldAt || other.at - one.at)
    .slice(0, MOST_VALUES);
  const times = chooseTimes([toldAt, ...last.map(([, value]) => value.toldAt)]);
  const left = last
    .map(([name, value]) => [name, { ...value, toldAt: times.find((time) => time <= value.toldAt) ?? 0 }] as const)
    .sort(([, one], [, other]) => other.toldAt - one.toldAt || other.at - one.at);
  const bytes = [FORM, times.length];
  const write = (value: number, length: number): void => {
    for (let rest = value, at = 0; at < length; at += 1, rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  };
  for (const time of times) write(time, TIME_BYTES);
  for (let first = left[0]; first; first = left[0]) {
    const [, one] = first;
    const end = left.findIndex(([, { at, toldAt }]) => at !== one.at || toldAt !== one.toldAt);
    const group = left.splice(0, Math.min(EIGHT, end === -1 ? EIGHT : end));
    const place = times.indexOf(one.toldAt);
    const told = place === -1 ? MOST_TIMES : place;
    write(((one.at - OLDEST) * EIGHT + told) * EIGHT + group.length - 1, TIME_BYTES);
    for (const [name, { hash }] of group) {
      write(name, NAME_BYTES);
      write(hash, HASH_BYTES);
    }
  }
  return Uint8Array.from(bytes);
}

/** The last one first. Each time that is left out has an earlier one close to it: nothing may count as told later than it was. */
function chooseTimes(told: readonly number[]): readonly number[] {
  const times = [...new Set(told)].filter((time) => time > 0).sort((one, other) => other - one);
  const gapAfter = (place: number): number => (times[place] ?? 0) - (times[place + 1] ?? 0);
  while (times.length > MOST_TIMES) {
    let closest = 1;
    for (let place = 2; place < times.length - 1; place += 1) if (gapAfter(place) < gapAfter(closest)) closest = place;
    times.splice(closest, 1);
  }
  return times;
}

/** What `writeTold` wrote; nothing where it was something else. */
export function readTold(bytes: Uint8Array | undefined): ToldRecord {
  const form = bytes?.[0];
  if (!bytes || (form !== FORM && form !== FORMER)) return NOTHING_TOLD;
  let at = 1;
  const read = (length: number): number => {
    at += length;
    let value = 0;
    for (let left = 1; left <= length; left += 1) value = value * 256 + (bytes[at - left] ?? 0);
    return value;
  };
  const times = Array.from({ length: read(1) }, () => read(TIME_BYTES));
  const values = new Map<number, ToldValue>();
  while (at < bytes.length) {
    const common = read(TIME_BYTES);
    const toldAt = times[Math.floor(common / EIGHT) % EIGHT] ?? 0;
    const eventAt = Math.floor(common / EIGHT ** 2) + (form === FORM ? OLDEST : 0);
    for (let more = common % EIGHT; more >= 0; more -= 1) {
      const name = read(NAME_BYTES);
      values.set(name, { hash: read(HASH_BYTES), at: eventAt, toldAt });
    }
  }
  return { toldAt: times[0] ?? 0, values };
}

/**
 * What two have kept of one user, side by side: of each attribute what is newer, of two as new what came last. Where two requests told
 * different values at about the same time, nobody knows which of them UserLeap took last: it is told again. For a host whose
 * users others may have changed since it read what it adds to.
 */
export function mergeTold(kept: Uint8Array | undefined, news: Uint8Array): Uint8Array {
  const [before, after] = [readTold(kept), readTold(news)];
  const values = new Map(before.values);
  for (const [name, value] of after.values) {
    const other = values.get(name);
    const newest = !other || value.at >= other.at ? value : other;
    values.set(name, other && areSideBySide(value, other) ? { ...newest, toldAt: 0 } : newest);
  }
  return writeTold({ toldAt: Math.max(before.toldAt, after.toldAt), values });
}

// No request takes longer.
const AT_ONCE_MS = 15_000;

function areSideBySide(one: ToldValue, other: ToldValue): boolean {
  return one.hash !== other.hash && Math.abs(one.toldAt - other.toldAt) < AT_ONCE_MS;
}
