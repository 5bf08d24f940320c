import type { ComponentChildren, JSX } from 'preact';
import type { EventRecord, StoryEntry } from '../../api/admin-api';
import { formatCount, formatNumber } from '../../format/format-number';
import { reasonSentence } from '../../format/reason-sentence';
import { PriorityBadge } from '../../parts/priority-badge';
import { Until } from '../../parts/until';

interface Props extends Pick<EventRecord, 'priority'> {
  readonly entry: StoryEntry;
}

/** One step of an event's story, in words. */
export function StoryStep({ entry, priority }: Props): JSX.Element {
  switch (entry.kind) {
    case 'accepted':
      return (
        <Step title="Accepted">
          on disk; the sender was answered
          {priority === 'backfill' && (
            <>
              {' '}
              <PriorityBadge priority={priority} /> it goes behind what is live
            </>
          )}
        </Step>
      );
    case 'held':
      return <Step title="Held">until it is known whose it is</Step>;
    case 'claimed':
      return <Step title="Claimed">an Identify or an Alias said whose it is</Step>;
    case 'replayed':
      return <Step title="Replayed">by hand, under the settings of that time</Step>;
    case 'request':
      return (
        <Step title="Request">
          <code class="long">
            {entry.method} {entry.path}
          </code>{' '}
          → {entry.status ?? entry.failure ?? 'no answer'}, {formatNumber(entry.milliseconds)} ms
          {entry.events > 1 && `, shared by ${formatCount(entry.events, 'event')}`}
        </Step>
      );
    case 'waited':
      return (
        <Step title="Has to wait" code={entry.reason}>
          {entry.message} (attempt {formatNumber(entry.attempt)})
          {entry.dueAt && (
            <>
              ; next try: <Until at={entry.dueAt} />
            </>
          )}
        </Step>
      );
    case 'settled':
      return (
        <Step title={capitalize(entry.state)} code={entry.reason}>
          {entry.message ?? (entry.reason === null ? 'UserLeap took it' : reasonSentence(entry.reason))}
        </Step>
      );
  }
}

interface StepProps {
  readonly title: string;
  readonly code?: string | null;
  readonly children: ComponentChildren;
}

function Step({ title, code, children }: StepProps): JSX.Element {
  return (
    <div>
      <strong>{title}</strong> {code && <code>{code}</code>}
      <p class="long">{children}</p>
    </div>
  );
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
