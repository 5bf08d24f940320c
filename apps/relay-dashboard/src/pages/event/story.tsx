import type { JSX } from 'preact';
import type { EventRecord, StoryEntry } from '../../api/admin-api';
import { Time } from '../../parts/time';
import { StoryStep } from './story-step';

interface Props {
  readonly event: EventRecord;
  readonly story: readonly StoryEntry[];
}

/** What happened to an event, oldest first. */
export function Story({ event, story }: Props): JSX.Element {
  return (
    <section aria-labelledby="story">
      <h2 id="story">Story</h2>
      <ol class="story">
        {story.map((entry, index) => (
          <li key={index} class={`step step-${entry.kind === 'settled' ? entry.state : entry.kind}`}>
            <Time at={entry.at} />
            <StoryStep entry={entry} />
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
              <p>{event.message ?? 'for its turn'}</p>
            </div>
          </li>
        )}
      </ol>
    </section>
  );
}
