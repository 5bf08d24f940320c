import type { JSX } from 'preact';
import { pathTo } from '../api/path-to';
import { CodeBlock } from './code-block';

/** How to send a first event. */
export function FirstEventHint(): JSX.Element {
  return (
    <section class="notice" aria-labelledby="first-event">
      <h2 id="first-event">Send a first event</h2>
      <p>This relay holds no events yet. Paste this into a terminal; what becomes of it shows here.</p>
      <CodeBlock
        label="Command that sends an event"
        title="Terminal"
        text={`curl ${location.origin}${pathTo('v1/identify')} -H 'Content-Type: application/json' -d '{"userId": "userId123", "traits": {"firstName": "Laura", "lastName": "Gibbon"}}'`}
      />
      <p class="hint">
        Where the relay has a write key (<code>RELAY_WRITE_KEY</code>), add <code>-u "$RELAY_WRITE_KEY:"</code>.
      </p>
    </section>
  );
}
