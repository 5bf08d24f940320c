import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { UnconfiguredRecord } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { Since } from '../../parts/since';
import { StateBadge } from '../../parts/state-badge';
import { toHash } from '../../route/route';
import { EndDialog } from './end-dialog';
import { MoveDialog } from './move-dialog';

/** A destination that was renamed or removed while events waited for it, and buttons to move or end these. */
export function UnconfiguredCard({ destination }: { readonly destination: UnconfiguredRecord }): JSX.Element {
  const { name, state, pending, oldestPendingAt } = destination;
  const [asked, setAsked] = useState<'move' | 'end'>();
  const close = (): void => setAsked(undefined);
  return (
    <li class="card">
      <div class="card-head">
        <h3 class="long">{name}</h3>
        <StateBadge state={state} />
      </div>
      <p>Renamed or removed in the configuration. What waits for it is not sent.</p>
      <dl class="facts">
        <div>
          <dt>Waiting</dt>
          <dd>
            <a href={toHash({ page: 'waiting', filter: { destination: name } })}>{formatNumber(pending)}</a>
          </dd>
        </div>
        {oldestPendingAt !== null && (
          <div>
            <dt>Longest wait</dt>
            <dd>
              <Since at={oldestPendingAt} />
            </dd>
          </div>
        )}
      </dl>
      <div class="buttons">
        <button type="button" onClick={() => setAsked('move')}>
          Move <span class="only-read">what waits for {name}</span>
        </button>
        <button type="button" class="danger" onClick={() => setAsked('end')}>
          End <span class="only-read">what waits for {name}</span>
        </button>
      </div>
      {asked === 'move' && <MoveDialog name={name} onClose={close} />}
      {asked === 'end' && <EndDialog name={name} onClose={close} />}
    </li>
  );
}
