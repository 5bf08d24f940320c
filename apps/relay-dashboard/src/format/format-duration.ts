const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** The two largest units: `2 d 3 h`, `5 min`, `0 s`. What is under zero counts as zero. */
export function formatDuration(milliseconds: number): string {
  let left = Math.max(0, Math.floor(milliseconds / 1_000));
  const first = UNITS.findIndex(({ seconds }) => left >= seconds);
  if (first === -1) return '0 s';
  const parts = UNITS.slice(first, first + 2).flatMap(({ name, seconds }) => {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.join(' ');
}
