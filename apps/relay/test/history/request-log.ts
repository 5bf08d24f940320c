import { newestTrait } from './accepted-call';
import type { AcceptedCall } from './accepted-call';
import type { Played } from './play-history';
import type { MetRequest } from './userleap-model';

/** A request of one user's, as UserLeap met it, and the turn that it belongs to. */
export interface LoggedRequest {
  readonly index: number;
  readonly request: MetRequest;
  /** The Tracks that it carried, by their numbers. */
  readonly tracks: readonly number[];
  /** The number of the Identify that the user is as new as by it. */
  readonly identify: number | undefined;
  readonly turn: TurnLog;
}

/** A turn in which something of the user went. */
export interface TurnLog {
  /** The process died in it. */
  isKilled: boolean;
  /** UserLeap refused something of it: what was refused is searched for by parts of it. */
  hasRefusal: boolean;
  /** UserLeap may have done what the relay was not told. */
  isUncertain: boolean;
}

/** By user, what UserLeap met of each, in order, turn by turn. */
export function logRequests({ calls, model, marks }: Played): ReadonlyMap<string, readonly LoggedRequest[]> {
  const tracks = new Map(calls.filter(({ kind }) => kind === 'track').map((call) => [call.at, call]));
  const logs = new Map<string, LoggedRequest[]>();
  const turns = new Map<string, TurnLog>();
  let mark = 0;
  for (const [index, request] of model.met.entries()) {
    for (; (marks[mark]?.after ?? Infinity) <= index; mark += 1) note(turns, marks[mark]);
    for (const userId of request.users) {
      const turn = turns.get(userId) ?? newTurn();
      turns.set(userId, turn);
      if (request.kind === 'upsert' && request.status === 400) turn.hasRefusal = true;
      if (request.isDone && (request.status ?? 500) > 400) turn.isUncertain = true;
      const log = logs.get(userId) ?? [];
      logs.set(userId, log);
      const own = (request.body.events ?? []).flatMap(({ timestamp }) => ownTrack(tracks.get(timestamp), userId));
      const newest = request.body.attributes?.[newestTrait(userId)];
      log.push({ index, request, tracks: own, identify: typeof newest === 'number' ? newest : undefined, turn });
    }
  }
  for (; mark < marks.length; mark += 1) note(turns, marks[mark]);
  return logs;
}

function note(turns: Map<string, TurnLog>, mark: Played['marks'][number] | undefined): void {
  if (mark?.kind === 'turn') for (const lane of mark.lanes) turns.set(lane, newTurn());
  // What had ended by then was kept by then, or not.
  if (mark?.kind === 'kill') for (const turn of turns.values()) turn.isKilled = true;
}

function newTurn(): TurnLog {
  return { isKilled: false, hasRefusal: false, isUncertain: false };
}

/** An Alias brings events of another user. */
function ownTrack(call: AcceptedCall | undefined, userId: string): readonly number[] {
  return call?.userId === userId ? [call.number] : [];
}
