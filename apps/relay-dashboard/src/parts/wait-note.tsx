import type { JSX } from 'preact';
import type { LaneRecord } from '../api/admin-api';
import { formatNumber } from '../format/format-number';
import { reasonSentence } from '../format/reason-sentence';
import { Countdown } from './countdown';
import { Since } from './since';

/** What a lane waits for, who or what is to blame, and until when. */
export function WaitNote({ lane }: { readonly lane: LaneRecord }): JSX.Element {
  switch (lane.waitsFor) {
    case 'pause':
      return <PausedNote pause={lane.pause} />;
    case 'retry':
      return (
        <>
          <strong>Backs off</strong> after attempt {formatNumber(lane.attempts)}
          <Why lane={lane} />
          <NextTry at={lane.dueAt} />
        </>
      );
    case 'identify':
      return (
        <>
          <strong>Waits for an Identify</strong>: UserLeap does not know the user
          {lane.dueAt !== null && (
            <>
              ; looked up again <Countdown at={lane.dueAt} />
            </>
          )}
        </>
      );
    case 'answer':
      return (
        <>
          <strong>In flight</strong>: waits for UserLeap’s answer
        </>
      );
    case 'budget':
      return (
        <>
          <strong>Ready</strong>: waits for its turn in the budget
        </>
      );
  }
}

function PausedNote({ pause }: { readonly pause: LaneRecord['pause'] }): JSX.Element {
  if (pause === null) return <strong>Paused</strong>;
  if (pause.pausedBy === 'person') {
    return (
      <>
        <strong>Paused by hand</strong> for <Since at={pause.pausedAt} />, until somebody resumes the destination
      </>
    );
  }
  return (
    <>
      <strong>Paused by the relay</strong> for <Since at={pause.pausedAt} />
      {pause.reason !== null && <>: {reasonSentence(pause.reason) ?? pause.reason}</>}
      <NextTry at={pause.nextProbeAt} />
    </>
  );
}

/** The message names what was wrong; where there is none, the reason has a sentence. */
function Why({ lane: { reason, message } }: { readonly lane: LaneRecord }): JSX.Element | null {
  const why = message ?? (reason === null ? null : (reasonSentence(reason) ?? reason));
  return why === null ? null : <>: {why}</>;
}

function NextTry({ at }: { readonly at: string | null }): JSX.Element | null {
  if (at === null) return null;
  return (
    <>
      ; next try <Countdown at={at} />
    </>
  );
}
