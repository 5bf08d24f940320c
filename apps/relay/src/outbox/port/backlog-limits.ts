/** How many events may wait: in all but those that are parked, and of those. */
export interface BacklogLimits {
  readonly backlogLimit: number;
  readonly parkedLimit: number;
}
