/** One thing that is wrong with a value: where it is, and what was expected there. Holds no value and no secret. */
export interface Issue {
  /** Dotted place inside the checked value, such as `context.traits`; empty for the value itself. */
  readonly path: string;
  /** What was expected and what kind came: `expected a string, got a number`. */
  readonly message: string;
}

/** The issue as one line for a person: `traits: expected an object, got a string`. */
export function formatIssue({ path, message }: Issue): string {
  return path === '' ? message : `${path}: ${message}`;
}
