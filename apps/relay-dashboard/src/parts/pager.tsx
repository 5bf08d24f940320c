import type { JSX } from 'preact';

interface Props {
  /** Undefined: this is the first page. */
  readonly firstHref: string | undefined;
  readonly firstLabel: string;
  /** Undefined: this is the last page. */
  readonly nextHref: string | undefined;
  readonly nextLabel: string;
}

/** Links to the first and to the next page of a list. */
export function Pager({ firstHref, firstLabel, nextHref, nextLabel }: Props): JSX.Element | null {
  if (firstHref === undefined && nextHref === undefined) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {firstHref !== undefined && <a href={firstHref}>{firstLabel}</a>}
      {nextHref !== undefined && <a href={nextHref}>{nextLabel}</a>}
    </nav>
  );
}
