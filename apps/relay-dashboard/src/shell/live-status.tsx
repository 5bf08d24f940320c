import type { JSX } from 'preact';
import { useLive } from '../api/use-live';

/** Whether the page follows the relay, and a button to keep it still. */
export function LiveStatus(): JSX.Element {
  const { state, isHeld, hold } = useLive();
  return (
    <span class={`live live-${isHeld ? 'held' : state}`}>
      <button type="button" aria-pressed={!isHeld} onClick={() => hold(!isHeld)}>
        <span>Live updates</span>
      </button>
      <span role="status">{describe(state, isHeld)}</span>
    </span>
  );
}

function describe(state: 'connecting' | 'live' | 'lost', isHeld: boolean): string {
  if (isHeld) return 'held';
  return { connecting: 'connecting…', live: 'on', lost: 'connecting again…' }[state];
}
