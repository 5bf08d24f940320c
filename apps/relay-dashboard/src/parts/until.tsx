import type { JSX } from 'preact';
import { formatDuration } from '../format/format-duration';
import { Time } from './time';
import { useNow } from './use-now';

/** When something is to come, and how long that is from now. */
export function Until({ at }: { readonly at: string }): JSX.Element {
  const left = Date.parse(at) - useNow();
  return (
    <>
      <Time at={at} />
      {left > 0 && ` (in ${formatDuration(left)})`}
    </>
  );
}
