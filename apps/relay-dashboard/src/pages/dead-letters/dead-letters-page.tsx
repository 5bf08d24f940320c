import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { formatNumber } from '../../format/format-number';
import { DismissDialog } from '../../parts/dismiss-dialog';
import { EmptyState } from '../../parts/empty-state';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { ReplayDialog } from '../../parts/replay-dialog';
import { DeadLetterGroup } from './dead-letter-group';
import type { Question } from './dead-letter-group';

/** What could not be delivered, by destination, reason and message, and ways to try it again or to put it away. */
export function DeadLettersPage(): JSX.Element {
  const api = useApi();
  const deadLetters = useLive().overview?.deadLetters;
  const [question, setQuestion] = useState<Question>();
  const loaded = useLoad('groups', () => api.deadLetters(), deadLetters);
  const { reload } = loaded;
  const close = (): void => setQuestion(undefined);
  return (
    <>
      <PageTitle title="Dead letters">
        {(loaded.value?.groups.length ?? 0) > 0 && (
          <span class="actions">
            <button type="button" onClick={() => setQuestion({ act: 'replay', filter: { all: true } })}>
              Replay all…
            </button>
            <button type="button" onClick={() => setQuestion({ act: 'dismiss', filter: { all: true } })}>
              Dismiss all…
            </button>
          </span>
        )}
      </PageTitle>
      <p class="hint">
        Events that can never be delivered as they are, or that waited too long. Mend the cause first, then replay them.
        Dismiss those that nobody needs.
      </p>
      {question?.act === 'replay' && <ReplayDialog {...question} onReplayed={reload} onClose={close} />}
      {question?.act === 'dismiss' && <DismissDialog {...question} onDismissed={reload} onClose={close} />}
      <Loadable loaded={loaded} onRetry={reload}>
        {({ groups }) => (
          <>
            <p role="status" class={groups.length === 0 ? 'only-read' : 'quiet'}>
              {groups.length === 0
                ? 'There are no dead letters.'
                : `${formatNumber(groups.reduce((sum, { count }) => sum + count, 0))} in all`}
            </p>
            {groups.length === 0 && (
              <EmptyState title="No dead letters">Everything was delivered, or still waits for its turn.</EmptyState>
            )}
            <ul class="groups">
              {groups.map((group) => (
                <DeadLetterGroup key={`${group.destination} ${group.reason}`} group={group} onAsk={setQuestion} />
              ))}
            </ul>
          </>
        )}
      </Loadable>
    </>
  );
}
