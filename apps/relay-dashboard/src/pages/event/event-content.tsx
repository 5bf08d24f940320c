import { isRecord } from '@segment-userleap/validation';
import type { JSX } from 'preact';
import type { EventStory } from '../../api/admin-api';
import { pathTo } from '../../api/path-to';
import { curlOf } from '../../format/curl-of';
import { CodeBlock } from '../../parts/code-block';
import { CopyButton } from '../../parts/copy-button';
import { PreviewView } from '../../parts/preview-view';
import { WarningList } from '../../parts/warning-list';
import { AttributeList } from './attribute-list';

/** The event itself, and what it becomes. */
export function EventContent({ story }: { readonly story: EventStory }): JSX.Element {
  const { event, body, part } = story;
  return (
    <>
      {event.warnings.length > 0 && (
        <section aria-labelledby="warnings">
          <h2 id="warnings">Warnings</h2>
          <WarningList warnings={event.warnings} />
        </section>
      )}
      <AttributeList story={story} />
      <div class="columns">
        <section aria-labelledby="body">
          <h2 id="body">The event</h2>
          {body === null ? (
            <p>Its data was erased.</p>
          ) : (
            <CodeBlock
              label="The event's JSON"
              title="JSON"
              text={JSON.stringify(body, null, 2)}
              more={isRecord(body) && <CopyButton text={curlTo(event.type, body)} label="Copy as curl" />}
            />
          )}
        </section>
        <section aria-labelledby="part">
          <h2 id="part">What it becomes</h2>
          {part === null ? (
            <p>Nothing: it is not kept whole, or its destination is not configured any more.</p>
          ) : (
            <>
              <p class="hint">Under the settings of today, alone, its user known.</p>
              <PreviewView preview={part} />
            </>
          )}
        </section>
      </div>
    </>
  );
}

/** Sends the event to this relay anew: with its message id it would be taken for a repetition. */
function curlTo(type: string, { messageId: _, ...body }: Readonly<Record<string, unknown>>): string {
  return curlOf({
    method: 'POST',
    url: `${location.origin}${pathTo('v1/batch')}`,
    options: ['-u "$RELAY_WRITE_KEY:"'],
    body: { batch: [{ ...body, type }] },
  });
}
