import type { JSX } from 'preact';
import type { DeadLetterFilter, DeadLetterGroup as Group } from '../../api/admin-api';
import { formatCount, formatNumber } from '../../format/format-number';
import { reasonSentence } from '../../format/reason-sentence';
import { Since } from '../../parts/since';
import { toHash } from '../../route/route';
import { MessageList } from './message-list';

/** What is to be done with some dead letters. */
export interface Question {
  readonly act: 'replay' | 'dismiss';
  readonly filter: DeadLetterFilter;
  /** Which ones, in a sentence. */
  readonly what?: string;
}

interface Props {
  readonly group: Group;
  onAsk(question: Question): void;
}

/** Dead letters of a destination that have the same reason, and what their messages say. */
export function DeadLetterGroup({ group, onAsk }: Props): JSX.Element {
  const { destination, reason, count, oldestAt, newestAt } = group;
  const filter = { destination, reason };
  const what = `All of ${destination} with the reason ${reason}.`;
  const of = `all ${reason} of ${destination}`;
  return (
    <li class="card group">
      <div class="card-head">
        <h2>
          <code>{reason}</code>
        </h2>
        <span class="chip clip" title={destination}>
          {destination}
        </span>
        <a href={toHash({ page: 'events', filter: { state: 'rejected', ...filter } })}>{formatCount(count, 'event')}</a>
        <span class="quiet">
          oldest <Since at={oldestAt} /> ago, newest <Since at={newestAt} /> ago
        </span>
        <span class="actions">
          <button type="button" class="small" onClick={() => onAsk({ act: 'replay', filter, what })}>
            Replay all… <span class="only-read">{of}</span>
          </button>
          <button type="button" class="small" onClick={() => onAsk({ act: 'dismiss', filter, what })}>
            Dismiss all… <span class="only-read">{of}</span>
          </button>
        </span>
      </div>
      <p class="hint">{reasonSentence(reason)}</p>
      <MessageList group={group} onAsk={onAsk} />
      {group.hasOtherMessages && (
        <p class="hint">
          There are more messages than these {formatNumber(group.messages.length)}.{' '}
          <a href={toHash({ page: 'events', filter: { state: 'rejected', ...filter } })}>Look at the events</a>
        </p>
      )}
    </li>
  );
}
