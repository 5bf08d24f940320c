import type { TurnRoom } from '@segment-userleap/delivery';
import type { Probe } from '../outbox/port/turn';

/** What a turn begins with. */
export interface Start {
  /** How long its events may wait for their user. */
  readonly graceMs: number;
  readonly room: TurnRoom;
  readonly probe: Probe | undefined;
}
