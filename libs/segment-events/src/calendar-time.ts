/** A time as it is written: digits of each part; what is not written is missing. `sign`, `zoneHour`, `zoneMinute`: how far from UTC. */
export interface WrittenTime {
  /** From 1000 on: `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
  readonly year?: string;
  /** 01 to 12. */
  readonly month?: string;
  readonly day?: string;
  readonly hour?: string;
  readonly minute?: string;
  readonly second?: string;
  readonly fraction?: string;
  readonly sign?: string;
  readonly zoneHour?: string;
  readonly zoneMinute?: string;
}

const MINUTE = 60_000;
const SHORT_MONTHS = [4, 6, 9, 11];

/**
 * Epoch milliseconds, cut towards zero; undefined for what the calendar or the clock does not have, such as 30 February, which V8 reads as
 * 2 March. By arithmetic alone: what `Date.parse` makes of a text depends on the machine.
 */
export function calendarTime(written: WrittenTime): number | undefined {
  const [year, month, day] = [Number(written.year), Number(written.month), Number(written.day)];
  const [hour, minute, second] = [numberOf(written.hour), numberOf(written.minute), numberOf(written.second)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const milliseconds = Number((written.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const isEndOfDay = hour === 24 && minute + second + milliseconds === 0;
  if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59) return undefined;
  const [zoneHour, zoneMinute] = [numberOf(written.zoneHour), numberOf(written.zoneMinute)];
  if (zoneHour > 23 || zoneMinute > 59) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * MINUTE;
  const there = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  return written.sign === '-' ? there + offset : there - offset;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return SHORT_MONTHS.includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function numberOf(digits: string | undefined): number {
  return Number(digits ?? 0);
}
