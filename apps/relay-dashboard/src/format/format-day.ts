const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `1 Dec` in the reader's own way, of a day (UTC): `2026-12-01`, or epoch seconds. */
export function formatDay(day: string | number): string {
  return DAY.format(typeof day === 'string' ? Date.parse(day) : day * 1_000);
}

/** `December 2026` in the reader's own way, of a month (UTC): `2026-12`. */
export function formatMonth(month: string): string {
  return MONTH.format(Date.parse(`${month}-01`));
}
