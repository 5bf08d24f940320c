import type { JSX } from 'preact';
import { toHash } from '../route/route';

/** A user's id, however long, that leads to the user's events. */
export function UserLink({ userId }: { readonly userId: string | null }): JSX.Element {
  if (userId === null) return <>–</>;
  return (
    <a class="clip" title={userId} href={toHash({ page: 'events', filter: { userId } })}>
      {userId}
    </a>
  );
}
