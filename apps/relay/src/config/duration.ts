const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const YEAR_MS = 366 * UNIT_MS.d;

/** Milliseconds of a text like `90s`, `72h` or `7d`; undefined where it is no duration of a second to a year. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  const milliseconds = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return milliseconds >= UNIT_MS.s && milliseconds <= YEAR_MS ? milliseconds : undefined;
}

/** The duration as a person would write it: `72 hours`. */
export function describeDuration(milliseconds: number): string {
  const [name, size] =
    milliseconds % UNIT_MS.h === 0 ? (['hour', UNIT_MS.h] as const) : (['second', UNIT_MS.s] as const);
  const count = Math.round(milliseconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
