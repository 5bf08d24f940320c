/** The calendar month (UTC) of a time, as a number that reads and sorts: 202612. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}

/** The day (UTC) of a time: 20261231. */
export function dayOf(time: number): number {
  return monthOf(time) * 100 + new Date(time).getUTCDate();
}

/** The month so many months before another. */
export function monthBefore(month: number, months: number): number {
  return monthOf(startOf(month, -months));
}

/** When a month, or the one so many months after it, begins: epoch milliseconds. */
export function startOf(month: number, later = 0): number {
  return Date.UTC(Math.floor(month / 100), (month % 100) - 1 + later, 1);
}
