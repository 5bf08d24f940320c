/** Tables that grow with the store; every other has a row for each destination, kind or name of events, or minute. */
export const LARGE_TABLES: readonly string[] = [
  'events',
  'lanes',
  'environment_users',
  'sent_requests',
  'budget_places',
];

/** What may read many rows: an insert finds those that it would double by their key. */
export const READS_ROWS = /^\s*(select|update|delete)\b/i;
