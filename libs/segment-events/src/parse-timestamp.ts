import { calendarTime } from './calendar-time';

// Go writes a time with the name of its zone behind the offset, and a reading of its monotonic clock: "+0200 CEST m=+0.01".
const ZONE =
  /(?:Z|UTC|GMT|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?(?: (?:[A-Z]{1,5}|[+-]\d\d(?:\d\d)?))?(?: m=[+-][\d.]+)?)/
    .source;
const CLOCK = /(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?/.source;
const YEAR = /(?<year>[1-9]\d{3})/.source;
// As JavaScript writes it, and with it most senders.
const ISO_STRING = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ISO_8601 = new RegExp(`^${YEAR}-(?<month>\\d\\d)-(?<day>\\d\\d)(?:[T ]${CLOCK}(?: ?${ZONE})?)?$`, 'i');
const RFC_1123 = new RegExp(`^(?:[A-Z]{3}, ?)?(?<day>\\d{1,2}) (?<monthName>[A-Z]{3}) ${YEAR} ${CLOCK} ${ZONE}$`, 'i');
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DIGITS = /^(?<whole>\d+)(?:[.,](?<fraction>\d+))?$/;

// A number from here to MILLISECONDS_FROM is seconds: 1973 to 5138. Beyond, it is milliseconds, from 1973 on, too.
const SECONDS_FROM = 1e8;
const MILLISECONDS_FROM = 1e11;
// The end of the year 2100, as a number: the file may not fail to load where there is no `Date`. Outside of it a time is a sign of a fault, such as the year 1, Go's unset time.
const TOO_LATE = 4_133_980_800_000;

/**
 * Epoch milliseconds, an integer cut towards zero, of ISO-8601 or RFC 1123 text, of a `Date`, or of a number or its digits
 * as text: seconds below 10^11, milliseconds from there on. A time without zone is UTC. Undefined for anything else, for numbers
 * from 1 to below 10^8, for days that do not exist, and for what is before 1970 or after 2100. The same on every machine.
 */
export function parseTimestamp(value: unknown): number | undefined {
  // What cannot be read is in no range, as NaN is in none.
  const time = toMilliseconds(value) ?? NaN;
  return time >= 0 && time < TOO_LATE ? time : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
  if (isDate(value)) return value.getTime();
  // The digits of a number as it is written: a multiplication would make 1767261600.123 s end in 122 ms.
  if (typeof value === 'number') return parseDigits(String(value));
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (ISO_STRING.test(text)) return parseIsoString(text);
  return parseDigits(text) ?? parseIso(text) ?? parseRfc1123(text);
}

/** By the places of its digits: named groups take five times as long, for every event that there is. */
function parseIsoString(text: string): number | undefined {
  return calendarTime({
    year: text.slice(0, 4),
    month: text.slice(5, 7),
    day: text.slice(8, 10),
    hour: text.slice(11, 13),
    minute: text.slice(14, 16),
    second: text.slice(17, 19),
    fraction: text.slice(20, 23),
  });
}

function parseDigits(text: string): number | undefined {
  const { whole, fraction = '' } = DIGITS.exec(text)?.groups ?? {};
  if (whole === undefined) return undefined;
  const number = Number(whole);
  if (number >= MILLISECONDS_FROM || Number(`${whole}.${fraction}`) === 0) return number;
  return number < SECONDS_FROM ? undefined : number * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function parseIso(text: string): number | undefined {
  const written = ISO_8601.exec(text)?.groups;
  return written && calendarTime(written);
}

function parseRfc1123(text: string): number | undefined {
  const written = RFC_1123.exec(text)?.groups;
  if (!written) return undefined;
  const month = MONTHS.indexOf(String(written.monthName).toLowerCase()) + 1;
  return calendarTime({ ...written, month: String(month) });
}

/** True for a valid or invalid `Date` of any realm. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}
