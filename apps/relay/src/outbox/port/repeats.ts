import type { LeaseCall, Turn } from './turn';

export interface FindRepeatsCall extends Pick<LeaseCall, 'destination' | 'environment' | 'bytes'> {
  /** The event up to which lanes were looked at: those whose oldest event came later are looked at now. */
  readonly after: number;
}

export interface FoundRepeats {
  /** Each is one ready lane in which nothing waits but Identifies and Groups, of a user who was told something. Not leased. */
  readonly turns: readonly Turn[];
  /** The next ones are looked at after this event. */
  readonly upTo: number;
  readonly mayHaveMore: boolean;
}
