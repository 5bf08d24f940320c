/** How long an accepted event is tried before it becomes a dead letter; an unknown user is waited for as long. */
export const RETRY_HORIZON_SECONDS = 72 * 60 * 60;
