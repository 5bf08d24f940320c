/** Something that somebody should hear of. No word of an event or a user is in it. */
export interface Alert {
  readonly kind: 'paused' | 'resumed' | 'dead_letters' | 'new_event_names' | 'limit';
  /** Undefined: it is about the whole relay. */
  readonly destination?: string;
  /** A reason code. */
  readonly reason?: string;
  readonly count?: number;
  /** A sentence or two for people. */
  readonly text: string;
}
