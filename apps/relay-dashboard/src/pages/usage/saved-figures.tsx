import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { Figure } from '../../parts/figure';

/** What was not sent, and why. */
export function SavedFigures({ saved }: Pick<Usage, 'saved'>): JSX.Element {
  return (
    <dl class="figures">
      <Figure label="UserLeap was told before">{formatNumber(saved.unchanged)}</Figure>
      <Figure label="User not in the sample">{formatNumber(saved.notSampled)}</Figure>
      <Figure label="Left out by filters">{formatNumber(saved.filtered)}</Figure>
    </dl>
  );
}
