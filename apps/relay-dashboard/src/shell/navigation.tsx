import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useLive } from '../api/use-live';
import { formatCompact } from '../format/format-number';
import { toHash } from '../route/route';
import type { Route } from '../route/route';

type Page = Exclude<Route, { page: 'not-found' }>;

const LINKS: readonly { readonly label: string; readonly route: Page }[] = [
  { label: 'Overview', route: { page: 'overview' } },
  { label: 'Events', route: { page: 'events', filter: {} } },
  { label: 'Waiting', route: { page: 'waiting', filter: {} } },
  { label: 'Dead letters', route: { page: 'dead-letters' } },
  { label: 'Event names', route: { page: 'event-names', filter: {} } },
  { label: 'Usage', route: { page: 'usage', filter: {} } },
  { label: 'Playground', route: { page: 'playground' } },
  { label: 'Function', route: { page: 'function' } },
  { label: 'Settings', route: { page: 'settings' } },
];

/** The pages that there are. */
export function Navigation({ current }: { readonly current: Route['page'] }): JSX.Element {
  const deadLetters = useLive().overview?.deadLetters ?? 0;
  const list = useRef<HTMLElement>(null);
  // On a narrow screen the list is longer than there is room for.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav class="main-nav" aria-label="Main" ref={list}>
      <ul>
        {LINKS.map(({ label, route }) => (
          <li key={label}>
            <a href={toHash(route)} aria-current={isCurrent(route.page, current) ? 'page' : undefined}>
              {label}
              {route.page === 'dead-letters' && deadLetters > 0 && (
                <span class="count"> {formatCompact(deadLetters)}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isCurrent(page: Page['page'], current: Route['page']): boolean {
  return page === current || (page === 'events' && current === 'event');
}
