import { createHash } from 'node:crypto';

// At the top of the file, after no other lines than comments. 16 digits tell a slip from the original; they prove nothing.
const DIGEST_LINE = /^(?:\/\/.*\n)*?\/\/ Digest of what follows: ([0-9a-f]{16})\n/;
const COMMENT_LINES = /^(?:\/\/.*\n)*/;

/** A script, taken apart at its digest line. */
export interface DigestedCode {
  /** Whether the digest is that of the code. `differs`: somebody changed the code after it was built. */
  readonly digest: 'matches' | 'differs' | 'missing';
  /** What follows the digest line, or without one the comments at the top; line ends as `\n`, none at the end. */
  readonly code: string;
}

/** The code with a line before it that holds its digest. The same code gives the same line. */
export function addDigestLine(code: string): string {
  return `// Digest of what follows: ${digestOf(normalize(code))}\n${code}`;
}

/** Finds the line that `addDigestLine` wrote, below a banner or not. Line ends and blank ends do not count as changes. */
export function readDigestLine(text: string): DigestedCode {
  const script = normalize(text);
  const [head, digest] = DIGEST_LINE.exec(script) ?? [];
  if (head === undefined) return { digest: 'missing', code: script.replace(COMMENT_LINES, '') };
  const code = script.slice(head.length);
  return { digest: digest === digestOf(code) ? 'matches' : 'differs', code };
}

function normalize(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}
