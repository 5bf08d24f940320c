import type { JSX } from 'preact';
import { formatAgo } from '../format/format-ago';
import { formatClock, formatTime } from '../format/format-time';
import { useNow } from './use-now';

/** When something was, and how long ago that is; the whole time in the title. */
export function Ago({ at }: { readonly at: string }): JSX.Element {
  const now = useNow();
  return (
    <time dateTime={at} title={`${formatTime(at)} (${at})`}>
      {formatClock(at, now)} <span class="quiet">{formatAgo(now - Date.parse(at))}</span>
    </time>
  );
}
