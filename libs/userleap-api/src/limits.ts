/** Characters in an attribute's name or string value, an event name, an e-mail address and a user id (UserLeap docs, 2021). */
export const MAX_TEXT_LENGTH = 255;

/** Attributes of one user (UserLeap docs, 2021). */
export const MAX_ATTRIBUTES = 100;

/** Users in one purge request (Sprig docs, 2024). */
export const MAX_PURGED_USERS = 100;

/** Characters in the pattern of a Page URL event (UserLeap docs, 2021). */
export const MAX_URL_PATTERN_LENGTH = 250;

/** Events that we put into one upsert. The vendor names no limit; this one is ours. */
export const MAX_EVENTS_PER_UPSERT = 500;

/** Bytes of one upsert's body, unless a single operation is larger. The vendor names no limit; this one is ours. */
export const MAX_UPSERT_BYTES = 256 * 1024;
