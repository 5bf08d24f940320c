/** Where UserLeap is and the key that selects the environment there. */
export interface ApiCredentials {
  /** Base URL without a trailing slash. */
  readonly endpoint: string;
  readonly apiKey: string;
}
