import type { JSX } from 'preact';
import { useLive } from '../api/use-live';

/** Says on every page that what is shown may be old. */
export function ConnectionNotice(): JSX.Element | null {
  const { state, isHeld } = useLive();
  if (isHeld || state !== 'lost') return null;
  return (
    <p class="notice notice-problem" role="alert">
      <strong>The relay does not answer.</strong> What is shown may be old. This page connects again by itself.
    </p>
  );
}
