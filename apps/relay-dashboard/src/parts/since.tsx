import type { JSX } from 'preact';
import { formatDuration } from '../format/format-duration';
import { formatTime } from '../format/format-time';
import { useNow } from './use-now';

/** How long ago something was: `5 min`, with the times in the title. */
export function Since({ at }: { readonly at: string }): JSX.Element {
  const now = useNow();
  return (
    <time dateTime={at} title={`${formatTime(at)} (${at})`}>
      {formatDuration(now - Date.parse(at))}
    </time>
  );
}
