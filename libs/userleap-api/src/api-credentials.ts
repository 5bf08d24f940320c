/** Where UserLeap is and the key that selects the environment there. */
export interface ApiCredentials {
  /** Base URL without a trailing slash. */
  readonly endpoint: string;
  readonly apiKey: string;
}

/**
 * The environment that a key selects at an endpoint, as text: who is known in one need not be known in another. The key stands in
 * it, so it is for a one-way hash, and to be kept nowhere.
 */
export function environmentText({ endpoint, apiKey }: ApiCredentials): string {
  return `${endpoint} ${apiKey}`;
}
