import { structuredPatch } from 'diff';

const CONTEXT_LINES = 2;
const MAX_LINES = 100;
const MAX_LINE_LENGTH = 160;
// The time that a diff takes grows with the square of this; other code altogether is not worth a wait.
const MAX_EDITS = 2_000;

/** How two scripts differ. */
export interface CodeDiff {
  /** Such as `lines added: 3, removed: 1`. */
  readonly summary: string;
  /** A unified diff, cut after 100 lines and each line after 160 characters. */
  readonly lines: readonly string[];
}

/** The differences between what is deployed and what was built. */
export function diffCode(deployed: string, built: string): CodeDiff {
  const patch = structuredPatch('', '', deployed, built, '', '', {
    context: CONTEXT_LINES,
    stripTrailingCr: true,
    maxEditLength: MAX_EDITS,
  });
  if (!patch) {
    const summary = `other code altogether: ${countLines(built)} lines instead of ${countLines(deployed)}`;
    return { summary, lines: [] };
  }
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines.map(cutLine),
  ]);
  const changed = patch.hunks.flatMap((hunk) => hunk.lines);
  const added = changed.filter((line) => line.startsWith('+')).length;
  const removed = changed.filter((line) => line.startsWith('-')).length;
  return {
    summary: `lines added: ${added}, removed: ${removed}`,
    lines: ['--- deployed', '+++ built', ...cutList(lines)],
  };
}

function cutLine(line: string): string {
  return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line;
}

function cutList(lines: readonly string[]): readonly string[] {
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more lines`]
    : lines;
}

function countLines(text: string): number {
  return text.trimEnd().split('\n').length;
}
