import { formatIssue } from '@segment-userleap/validation';
import type { Issue } from '@segment-userleap/validation';
import type { JSX } from 'preact';

interface Props {
  /** For the field that it describes. */
  readonly id: string;
  readonly issues: readonly Issue[];
}

/** What is wrong with a field. */
export function FieldIssues({ id, issues }: Props): JSX.Element {
  return (
    <div id={id} class="issues" role="alert">
      {issues.map((issue, index) => (
        <p key={index}>{formatIssue(issue)}</p>
      ))}
    </div>
  );
}
