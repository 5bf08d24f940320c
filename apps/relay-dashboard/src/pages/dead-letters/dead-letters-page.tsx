import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import type { DeadLetterFilter } from '../../api/admin-api';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { formatNumber } from '../../format/format-number';
import { Loadable } from '../../parts/loadable';
import { PageTitle } from '../../parts/page-title';
import { ReplayDialog } from '../../parts/replay-dialog';
import { DeadLetterList } from './dead-letter-list';

interface Question {
  readonly filter: DeadLetterFilter;
  readonly what?: string;
}

/** What could not be delivered, by destination and reason, and a way to try it again. */
export function DeadLettersPage(): JSX.Element {
  const api = useApi();
  const deadLetters = useLive().overview?.deadLetters;
  const [question, setQuestion] = useState<Question>();
  const loaded = useLoad('groups', () => api.deadLetters(), deadLetters);
  const { reload } = loaded;
  return (
    <>
      <PageTitle title="Dead letters">
        {(loaded.value?.groups.length ?? 0) > 0 && (
          <button type="button" onClick={() => setQuestion({ filter: { all: true } })}>
            Replay all…
          </button>
        )}
      </PageTitle>
      <p class="hint">
        Events that can never be delivered as they are, or that waited too long. Mend the cause first, then replay them.
      </p>
      {question && <ReplayDialog {...question} onReplayed={reload} onClose={() => setQuestion(undefined)} />}
      <Loadable loaded={loaded} onRetry={reload}>
        {({ groups }) => (
          <>
            <p role="status" class="quiet">
              {groups.length === 0
                ? 'There are no dead letters.'
                : `${formatNumber(groups.reduce((sum, { count }) => sum + count, 0))} in all`}
            </p>
            {groups.length > 0 && <DeadLetterList groups={groups} onReplay={setQuestion} />}
          </>
        )}
      </Loadable>
    </>
  );
}
