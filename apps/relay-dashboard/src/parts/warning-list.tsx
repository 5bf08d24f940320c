import type { Warning } from '@segment-userleap/mapping';
import type { JSX } from 'preact';
import { warningSentence } from '../format/reason-sentence';

/** What was left out of an event, and why. */
export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }): JSX.Element {
  return (
    <ul class="warnings">
      {warnings.map(({ code, trait }, index) => (
        <li key={index} class="long">
          <code>{trait}</code> {warningSentence(code)} (<code>{code}</code>)
        </li>
      ))}
    </ul>
  );
}
