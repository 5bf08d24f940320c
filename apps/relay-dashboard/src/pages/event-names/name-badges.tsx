import type { JSX } from 'preact';
import type { EventName } from '../../api/admin-api';
import { StateBadge } from '../../parts/state-badge';

/** How far a name is: whether it is new, set up, refused. */
export function NameBadges({ isNew, isRefused, setUpAt }: EventName): JSX.Element {
  return (
    <span class="badges">
      {isRefused && <StateBadge state="refused" />}
      {isNew && <StateBadge state="new" />}
      {setUpAt !== null && <StateBadge state="set up" />}
      {!isNew && setUpAt === null && <StateBadge state="not set up" />}
    </span>
  );
}
