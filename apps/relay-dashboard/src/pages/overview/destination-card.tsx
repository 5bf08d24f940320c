import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import type { DestinationRecord } from '../../api/admin-api';
import { useAction } from '../../api/use-action';
import { useLive } from '../../api/use-live';
import { formatNumber } from '../../format/format-number';
import { CallProblem } from '../../parts/call-problem';
import { StateBadge } from '../../parts/state-badge';
import { toHash } from '../../route/route';
import { BudgetMeter } from './budget-meter';
import { KeyCheck } from './key-check';
import { PauseDialog } from './pause-dialog';
import { PauseNote } from './pause-note';
import { TrackedUsers } from './tracked-users';

/** One destination: how it is doing, and a button to stop it or let it go on. */
export function DestinationCard({ destination }: { readonly destination: DestinationRecord }): JSX.Element {
  const { name, state, pending, parked, held, budget } = destination;
  const api = useApi();
  const { refresh } = useLive();
  const [isAsking, setAsking] = useState(false);
  const isPaused = state === 'paused';
  const { run, isBusy, error } = useAction(async () => {
    await api.resume(name);
    refresh();
  });
  return (
    <li class="card">
      <div class="card-head">
        <h3 class="long">{name}</h3>
        <StateBadge state={state} />
        <button type="button" disabled={isBusy} onClick={isPaused ? run : () => setAsking(true)}>
          {isPaused ? 'Resume' : 'Pause…'} <span class="only-read">{name}</span>
        </button>
      </div>
      {isAsking && <PauseDialog name={name} onClose={() => setAsking(false)} />}
      {isPaused && <PauseNote destination={destination} />}
      <dl class="facts">
        <div>
          <dt>Waiting</dt>
          <dd>
            <a href={toHash({ page: 'waiting', filter: { destination: name } })}>{formatNumber(pending)}</a>
            {parked > 0 && (
              <span class="quiet">
                {' '}
                {parked < pending && `${formatNumber(parked)} of them `}for users that UserLeap does not know
              </span>
            )}
          </dd>
        </div>
        {held > 0 && (
          <div>
            <dt>Held</dt>
            <dd>
              <a href={toHash({ page: 'events', filter: { destination: name, state: 'held' } })}>
                {formatNumber(held)}
              </a>{' '}
              <span class="quiet">until it is known whose they are</span>
            </dd>
          </div>
        )}
        <TrackedUsers destination={name} />
        <div>
          <dt>Budget</dt>
          <dd class="budget">
            <BudgetMeter name={name} budget={budget} />
          </dd>
        </div>
      </dl>
      <KeyCheck name={name} />
      {error && <CallProblem error={error} />}
    </li>
  );
}
