import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import type { Overview } from '../../api/admin-api';
import { useLoad } from '../../api/use-load';
import { FirstEventHint } from '../../parts/first-event-hint';
import { totalOf } from './flow-totals';

/** While the relay has not seen any event: how to send one. */
export function FirstEvent({ overview }: { readonly overview: Overview }): JSX.Element | null {
  const isQuiet =
    overview.pending === 0 &&
    overview.deadLetters === 0 &&
    Object.values(totalOf(overview.minutes)).every((n) => n === 0);
  return isQuiet ? <UnlessEventsAreKept /> : null;
}

function UnlessEventsAreKept(): JSX.Element | null {
  const api = useApi();
  const { value } = useLoad('any', () => api.events({}, 1));
  return value?.events.length === 0 ? <FirstEventHint /> : null;
}
