import type { JSX } from 'preact';
import { formatTime } from '../format/format-time';

/** A time in the reader's own zone, with the exact one in the title. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} title={at}>
      {formatTime(at)}
    </time>
  );
}
