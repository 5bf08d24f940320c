import type { JSX } from 'preact';

const LINES = Array.from({ length: 6 }, (_, index) => index);

/** In the place of what is being loaded, so that nothing jumps when it comes. */
export function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" role="status">
      <span class="only-read">Loading…</span>
      {LINES.map((line) => (
        <i key={line} />
      ))}
    </div>
  );
}
