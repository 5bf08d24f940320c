import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { samplePosition } from '@segment-userleap/mapping';
import { Field } from '../../parts/field';
import { leastSample } from './least-sample';

/** Says of a user whether it is in the sample. Computed in the page. */
export function SampleCheck({ sampleUsers }: { readonly sampleUsers: number }): JSX.Element {
  const [userId, setUserId] = useState('');
  return (
    <div class="sample-check">
      <Field label="Is this user in? (user id)">
        <input
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={userId}
          onInput={({ currentTarget }) => setUserId(currentTarget.value)}
        />
      </Field>
      <p role="status">{userId === '' ? '' : describe(samplePosition(userId), sampleUsers)}</p>
    </div>
  );
}

function describe(position: number, sampleUsers: number): string {
  return `${position < sampleUsers ? 'In' : 'Out'}: this user is in from ${leastSample(position)} % on.`;
}
