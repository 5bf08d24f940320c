/** One change of one place in the rules. */
export interface Mutant {
  /** By which the instrumented code switches it on. */
  readonly id: string;
  /** The path in the workspace. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line in which it begins, trimmed. */
  readonly lineText: string;
  /** Stryker's name of the kind of change. */
  readonly mutator: string;
  /** The source text that is replaced, spaces and line ends as one space. */
  readonly source: string;
  /** What stands there instead, likewise. */
  readonly replacement: string;
}
