/** Events of one user, or of users that Aliases bind, that go out together: two full requests. */
export const EVENTS_PER_TURN = 1_000;

/** Bytes of them. A turn's place in the budget lasts for seconds, and its memory is taken until it ends. */
export const BYTES_PER_TURN = 4 * 1024 * 1024;

/** From behind these: events that create the user, without whom nothing in the turn could go. */
export const LEADING_PER_TURN = 100;
