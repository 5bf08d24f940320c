import type { JSX } from 'preact';
import type { EventRecord } from '../../api/admin-api';
import { StateBadge } from '../../parts/state-badge';
import { toHash } from '../../route/route';

/** What an event is, and its state. */
export function EventFacts({ event }: { readonly event: EventRecord }): JSX.Element {
  const { type, state, userId, anonymousId, messageId, destination, attempts } = event;
  return (
    <dl class="facts">
      <div>
        <dt>State</dt>
        <dd aria-live="polite">
          <StateBadge state={state} />
        </dd>
      </div>
      <div>
        <dt>Type</dt>
        <dd>{type}</dd>
      </div>
      <div>
        <dt>User</dt>
        <dd class="long">
          {userId === null ? '–' : <a href={toHash({ page: 'events', filter: { userId } })}>{userId}</a>}
        </dd>
      </div>
      {anonymousId !== null && (
        <div>
          <dt>Anonymous id</dt>
          <dd class="long">{anonymousId}</dd>
        </div>
      )}
      <div>
        <dt>Message id</dt>
        <dd class="long">{messageId}</dd>
      </div>
      <div>
        <dt>Destination</dt>
        <dd class="long">{destination}</dd>
      </div>
      <div>
        <dt>Attempts</dt>
        <dd>{attempts}</dd>
      </div>
    </dl>
  );
}
