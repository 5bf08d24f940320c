import type { JSX } from 'preact';
import type { EventRecord, LaneRecord, StoryEntry } from '../../api/admin-api';
import { Time } from '../../parts/time';
import { WaitNote } from '../../parts/wait-note';
import { StoryStep } from './story-step';

interface Props {
  readonly event: EventRecord;
  readonly story: readonly StoryEntry[];
  /** Where it waits. */
  readonly lane: LaneRecord | null;
}

/** What happened to an event, oldest first. */
export function Story({ event, story, lane }: Props): JSX.Element {
  return (
    <section aria-labelledby="story">
      <h2 id="story">Story</h2>
      <ol class="story">
        {story.map((entry, index) => (
          <li key={index} class={`step step-${entry.kind === 'settled' ? entry.state : entry.kind}`}>
            <Time at={entry.at} />
            <StoryStep entry={entry} priority={event.priority} />
          </li>
        ))}
        {event.state === 'held' && (
          <li class="step step-held">
            <span class="quiet">now</span>
            <div>
              <strong>Held</strong>
              <p>nobody knows yet whose it is</p>
            </div>
          </li>
        )}
        {event.state === 'pending' && (
          <li class="step step-pending">
            <span class="quiet">now</span>
            <div>
              <strong>Waits</strong>
              <p class="long">{lane === null ? (event.message ?? 'for its turn') : <WaitNote lane={lane} />}</p>
            </div>
          </li>
        )}
      </ol>
    </section>
  );
}
