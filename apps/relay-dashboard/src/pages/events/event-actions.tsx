import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReplayCall } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DismissDialog } from '../../parts/dismiss-dialog';
import { ReplayEventsDialog } from '../../parts/replay-events-dialog';
import type { EventFilter } from '../../route/event-filter';
import { replayCallOf } from './replay-call-of';

interface Props {
  readonly filter: EventFilter;
  /** What is picked; else what is done is done to all that the filter fits. */
  readonly ids: readonly number[];
  onDone(): void;
}

type Question = { readonly act: 'replay'; readonly call: ReplayCall } | { readonly act: 'dismiss' };

/** What can be done to the events that are picked, or to all that are listed. */
export function EventActions({ filter, ids, onDone }: Props): JSX.Element {
  const [question, setQuestion] = useState<Question>();
  const hasPicked = ids.length > 0;
  const call = hasPicked ? { state: 'any' as const, ids } : replayCallOf(filter);
  const close = (): void => setQuestion(undefined);
  return (
    <span class="actions">
      {hasPicked && <strong role="status">{formatNumber(ids.length)} picked</strong>}
      {call && (
        <button type="button" class="small" onClick={() => setQuestion({ act: 'replay', call })}>
          {hasPicked ? 'Replay…' : 'Replay all that match…'}
        </button>
      )}
      {hasPicked && (
        <button type="button" class="small" onClick={() => setQuestion({ act: 'dismiss' })}>
          Dismiss…
        </button>
      )}
      {question?.act === 'replay' && <ReplayEventsDialog call={question.call} onReplayed={onDone} onClose={close} />}
      {question?.act === 'dismiss' && <DismissDialog filter={{ ids }} onDismissed={onDone} onClose={close} />}
    </span>
  );
}
