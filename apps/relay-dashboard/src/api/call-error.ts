/** A call to the relay that did not succeed. `status` is null where there was no answer. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly status: number | null,
    message: string,
  ) {
    super(message);
  }
}

/** What to do about it, in a sentence. */
export function adviceFor({ status }: CallError): string {
  if (status === null) return 'Is the relay running, and can this machine reach it?';
  if (status === 401) return 'Check the token: it is the value of RELAY_ADMIN_TOKEN.';
  if (status === 403) return 'Reload this page and try again.';
  if (status === 404) return 'There is nothing now; it may have been removed.';
  if (status === 429) return 'Wait a minute, then try again.';
  if (status >= 500) return 'Try again in a moment; the log of the relay says why.';
  return 'Change what was asked for and try again.';
}
