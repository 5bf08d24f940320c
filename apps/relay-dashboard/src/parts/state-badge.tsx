import type { JSX } from 'preact';

/** A state in a colour of its own; the word says it, too. */
export function StateBadge({ state }: { readonly state: string }): JSX.Element {
  return <span class={`badge badge-${state.replaceAll(' ', '-')}`}>{state}</span>;
}
