import type { JSX } from 'preact';
import type { EventRecord } from '../api/admin-api';

/** Says that something came with a backfill, and so goes after what is live; of that it says nothing. */
export function PriorityBadge({ priority }: Pick<EventRecord, 'priority'>): JSX.Element | null {
  return priority === 'live' ? null : (
    <span class="badge badge-backfill" title="Goes when nothing live is ready, but at least every tenth time">
      backfill
    </span>
  );
}
