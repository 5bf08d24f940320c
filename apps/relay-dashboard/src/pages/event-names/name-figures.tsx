import type { JSX } from 'preact';
import type { EventNames } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { Figure } from '../../parts/figure';

/** How far the list is worked through. */
export function NameFigures({ names }: { readonly names: EventNames }): JSX.Element {
  const { total, setUp, refused } = names;
  return (
    <dl class="figures">
      <Figure label="New in 7 days">{formatNumber(names.new)}</Figure>
      <Figure label="Not set up">{formatNumber(total - setUp)}</Figure>
      <Figure label="Refused by UserLeap">
        <span class={refused > 0 ? 'bad' : undefined}>{formatNumber(refused)}</span>
      </Figure>
      <Figure label="Set up">{formatNumber(setUp)}</Figure>
    </dl>
  );
}
