/** How many users something was sent for in a month, and how many of them a sample of so many per cent would have. */
export interface UsageMonthColumns {
  environment: string;
  /** 202612 */
  month: number;
  users: number;
  users_10: number;
  users_25: number;
  users_50: number;
}

/** What was sent on a day. `users`: those that it was the first day of the month for. */
export interface UsageDayColumns {
  environment: string;
  /** 20261231 */
  day: number;
  users: number;
  events: number;
  attributes: number;
}

/** Events that needed no request, or were not wanted. */
export interface UsageSavedColumns {
  destination: string;
  month: number;
  reason: string;
  events: number;
}

/** Names that were sent most in a month: about. */
export interface UsageMostColumns {
  environment: string;
  month: number;
  kind: 'event' | 'user';
  name: string;
  events: number;
}
