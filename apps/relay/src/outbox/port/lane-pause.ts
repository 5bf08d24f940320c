/** What keeps a lane's destination from sending. Times are ISO-8601. */
export interface LanePause {
  readonly pausedBy: 'relay' | 'person';
  /** Why the relay has paused it. */
  readonly reason: string | null;
  readonly pausedAt: string;
  /** When the relay tries again by itself. */
  readonly nextProbeAt: string | null;
}
