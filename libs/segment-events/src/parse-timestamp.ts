const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;
const MAX_TIME = 8.64e15;

/**
 * Epoch milliseconds, an integer cut towards zero, of an ISO-8601 string, a `Date` or a number of milliseconds;
 * undefined for anything else. A time without zone is UTC: what `Date.parse` makes of it, and of other notations,
 * depends on the machine, and both hosts must read the same.
 */
export function parseTimestamp(value: unknown): number | undefined {
  const time = toMilliseconds(value);
  if (time === undefined || !Number.isFinite(time) || Math.abs(time) > MAX_TIME) return undefined;
  return Math.trunc(time) + 0; // + 0: never -0
}

function toMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseIso(value.trim());
  if (isDate(value)) return value.getTime();
  return undefined;
}

function parseIso(text: string): number | undefined {
  const match = ISO_8601.exec(text);
  if (!match) return undefined;
  const [, day = '', time = '00:00', zone = 'Z'] = match;
  const dayOfMonth = Number(day.slice(8));
  // V8 reads 30 February as 2 March.
  if (dayOfMonth > 28 && new Date(`${day}T00:00Z`).getUTCDate() !== dayOfMonth) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return Date.parse(`${day}T${time}${offset}`);
}

/** True for a valid or invalid `Date` of any realm. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}
