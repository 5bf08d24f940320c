import type { JSX } from 'preact';
import type { EventNames } from '../../api/admin-api';
import { formatCount } from '../../format/format-number';

/** That there are more names than are kept apart. */
export function OtherNames({ counts }: { readonly counts: EventNames['others'] }): JSX.Element | null {
  const { taken, refused, heldBack } = counts;
  if (taken + refused + heldBack === 0) return null;
  return (
    <p class="notice notice-problem">
      There are more than 10,000 names. {formatCount(taken + refused, 'event')} under others were sent, and{' '}
      {formatCount(heldBack, 'event')} under others held back, without being listed here. Does a name hold an id or a
      time? Then each one is a new name.
    </p>
  );
}
