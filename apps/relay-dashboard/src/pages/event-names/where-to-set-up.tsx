import type { JSX } from 'preact';

/** Where in UserLeap names are set up. */
export function WhereToSetUp(): JSX.Element {
  return (
    <p class="hint">
      UserLeap uses an event in studies only once somebody has approved its name. In UserLeap, open{' '}
      <strong>Events</strong>, then <strong>Manage Requests</strong>. Approve the name there, then mark it here.
    </p>
  );
}
