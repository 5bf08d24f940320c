/** `1,234,567`. */
export function showCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `1 user`, `1,234 users`. */
export function showMany(count: number, thing: string): string {
  return `${showCount(count)} ${thing}${Math.round(count) === 1 ? '' : 's'}`;
}

/** `4 h 10 min`, `2 min 5 s`, `30 s`. */
export function showDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
  return `${(hours / 24).toFixed(1)} days`;
}
