import { formatIssue } from '@segment-userleap/validation';
import type { Issue } from '@segment-userleap/validation';
import type { JSX } from 'preact';

/** Which settings keep the preview from being computed. */
export function WrongSettings({ issues }: { readonly issues: readonly Issue[] }): JSX.Element {
  return <>{issues.length === 0 ? 'Computing…' : `Settings: ${issues.map(formatIssue).join('; ')}`}</>;
}
