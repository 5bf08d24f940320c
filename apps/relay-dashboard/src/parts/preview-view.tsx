import type { JSX } from 'preact';
import type { Preview } from '../api/admin-api';
import { formatCount } from '../format/format-number';
import { RequestView } from './request-view';
import { WarningList } from './warning-list';

// Nothing has been sent: the words and colours of what has are kept for that.
const WOULD = {
  delivered: 'would be sent',
  filtered: 'would be filtered',
  unsupported: 'would not be sent: unsupported',
  rejected: 'would be rejected',
  retry: 'would be tried again',
} as const satisfies Record<Preview['outcome'], string>;

/** What an event becomes: its outcome, what is left out, and each request. */
export function PreviewView({ preview }: { readonly preview: Preview }): JSX.Element {
  const { outcome, reason, message, warnings, requests } = preview;
  return (
    <>
      <div role="status">
        <p>
          <span class={`badge badge-would-${outcome}`}>{WOULD[outcome]}</span>{' '}
          {reason !== null && <code>{reason}</code>}{' '}
          {requests.length === 0 ? 'no request' : formatCount(requests.length, 'request')}
        </p>
        {message !== null && <p>{message}</p>}
        {warnings.length > 0 && <WarningList warnings={warnings} />}
      </div>
      {requests.map((request, index) => (
        <RequestView key={index} request={request} />
      ))}
    </>
  );
}
