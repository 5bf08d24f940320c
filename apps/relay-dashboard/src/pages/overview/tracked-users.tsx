import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { useLoad } from '../../api/use-load';
import { formatNumber } from '../../format/format-number';
import { toHash } from '../../route/route';

/** How many users of a destination count in this month. */
export function TrackedUsers({ destination }: { readonly destination: string }): JSX.Element | null {
  const api = useApi();
  const minute = useLive().overview?.minutes.at(-1)?.at;
  const { value } = useLoad(destination, () => api.usage(destination, undefined), minute);
  if (!value) return null;
  const { trackedUsers, limit } = value;
  return (
    <div>
      <dt>Tracked users this month</dt>
      <dd>
        <a href={toHash({ page: 'usage', filter: { destination } })}>{formatNumber(trackedUsers)}</a>
        {limit !== null && <span class={trackedUsers >= limit ? 'bad' : 'quiet'}> of {formatNumber(limit)}</span>}
      </dd>
    </div>
  );
}
