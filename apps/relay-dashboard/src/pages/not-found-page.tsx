import type { JSX } from 'preact';
import { PageTitle } from '../parts/page-title';
import { toHash } from '../route/route';

/** For an address that means nothing. */
export function NotFoundPage(): JSX.Element {
  return (
    <>
      <PageTitle title="No such page" />
      <p>
        The address names no page. <a href={toHash({ page: 'overview' })}>Go to the overview</a>
      </p>
    </>
  );
}
