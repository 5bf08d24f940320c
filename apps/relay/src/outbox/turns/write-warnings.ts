import type { Warning } from '@segment-userleap/mapping';

// Names of traits may be long, and a list shows the warnings of a thousand events.
const MOST_BYTES = 8 * 1024;

/** Warnings as they are kept: JSON of the first of them, as many as there is room for. */
export function writeWarnings(warnings: readonly Warning[]): string {
  let left = MOST_BYTES;
  const end = warnings.findIndex((warning) => (left -= Buffer.byteLength(JSON.stringify(warning)) + 1) < 0);
  return JSON.stringify(end === -1 ? warnings : warnings.slice(0, end));
}
