import type { JSX } from 'preact';
import { formatDuration } from '../format/format-duration';
import { formatTime } from '../format/format-time';
import { useNow } from './use-now';

/** How long it is until a time: `in 5 min`, with the times in the title. */
export function Countdown({ at }: { readonly at: string }): JSX.Element {
  const left = Date.parse(at) - useNow();
  return (
    <time dateTime={at} title={`${formatTime(at)} (${at})`}>
      {left > 0 ? `in ${formatDuration(left)}` : 'now'}
    </time>
  );
}
