const CLOCK = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
const DAY = { month: 'short', day: 'numeric' } as const;
const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  ...DAY,
  ...CLOCK,
  timeZoneName: 'short',
});
const TIME = new Intl.DateTimeFormat(undefined, CLOCK);
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { ...DAY, ...CLOCK });

/** In the reader's own zone and way; a time that cannot be read stays as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : DATE_AND_TIME.format(time);
}

/** The same in short, for lists: the day only where it is not that of `now`. */
export function formatClock(iso: string, now: number): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const isToday = time.toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DAY_AND_TIME).format(time);
}

/** The reader's own zone: `UTC`, `GMT+1`. */
export function zoneName(): string {
  const parts = DATE_AND_TIME.formatToParts(new Date());
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** The ISO time of what a `datetime-local` field holds, which is in the reader's own zone; undefined for a blank one. */
export function toIsoTime(local: string): string | undefined {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** What a `datetime-local` field shows for an ISO time. */
export function toLocalInput(iso: string | undefined): string {
  const time = new Date(iso ?? '');
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
