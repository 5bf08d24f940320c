/** What was found about one thing that a relay needs; `message` is a sentence for a person, without a secret. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly message: string;
}
