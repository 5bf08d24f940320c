// A longer one is no name that UserLeap takes, and no key for an index.
const LONGEST = 255;

/** The name under which events are kept and found. */
export function eventNameKey(name: string): string {
  // A store cannot hold a zero, and nobody can type one.
  return name.trim().slice(0, LONGEST).replaceAll('\0', '');
}
