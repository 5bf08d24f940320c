import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { toHash } from '../../route/route';
import { EraseDialog } from './erase-dialog';

interface Props {
  readonly userId: string;
  onErased(): void;
}

/** What can be done about the user that is searched for. */
export function UserPanel({ userId, onErased }: Props): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  return (
    <section class="user-panel" aria-labelledby="user">
      <h2 id="user" class="long">
        User {userId}
      </h2>
      <a href={toHash({ page: 'waiting', filter: { userId } })}>What waits for this user</a>
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        Erase stored data…
      </button>
      {isAsking && <EraseDialog userId={userId} onErased={onErased} onClose={() => setAsking(false)} />}
    </section>
  );
}
