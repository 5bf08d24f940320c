import type { JSX } from 'preact';
import type { DestinationRecord } from '../../api/admin-api';
import { reasonSentence } from '../../format/reason-sentence';
import { Since } from '../../parts/since';
import { Until } from '../../parts/until';

/** Why a destination is paused, and when that ends. */
export function PauseNote({ destination }: { readonly destination: DestinationRecord }): JSX.Element {
  const { reason, pausedBy, pausedAt, nextProbeAt } = destination;
  return (
    <p>
      {pausedBy === 'person' ? 'Paused by hand' : 'Paused by the relay'}
      {pausedAt !== null && (
        <>
          {' '}
          for <Since at={pausedAt} />
        </>
      )}
      {pausedBy === 'person' ? '; it stays so until somebody resumes it. ' : '. '}
      {pausedBy !== 'person' && reason !== null && (
        <>
          {reasonSentence(reason) ?? 'Reason'} (<code>{reason}</code>).{' '}
        </>
      )}
      {pausedBy !== 'person' && nextProbeAt !== null && (
        <>
          Next try: <Until at={nextProbeAt} />.
        </>
      )}
    </p>
  );
}
