import { formatDuration } from './format-duration';

const SOON_MS = 5_000;

/** `just now`, `3 min ago`: the largest unit alone, for lists. */
export function formatAgo(milliseconds: number): string {
  if (milliseconds < SOON_MS) return 'just now';
  const [count, unit] = formatDuration(milliseconds).split(' ');
  return `${count} ${unit} ago`;
}
