import { Automaton } from './automaton';
import { findNeedle } from './find-needle';
import type { Pattern } from './parse-pattern';
import type { Program } from './program';

// Of steps, at each place of a text: some 2 ms for the longest.
const MOST_TRIED = 256;

/** What a URL must be like: the pattern matches somewhere in it, or, negated, nowhere. */
export class PageRule {
  readonly #isQuick: boolean;
  readonly #needle: RegExp | undefined;
  #automaton: Automaton | undefined;

  constructor(
    readonly pattern: Pattern,
    readonly negated: boolean,
  ) {
    this.#isQuick = isQuick(pattern.program);
    if (!this.#isQuick) this.#needle = findNeedle(pattern.program);
  }

  holdsFor(text: string): boolean {
    return this.#matches(text) !== this.negated;
  }

  /** The automaton is asked only where the engine's own search could take long, and finds nothing that rules the text out. */
  #matches(text: string): boolean {
    if (this.#isQuick) return this.pattern.expression.test(text);
    if (this.#needle?.test(text) === false) return false;
    return (this.#automaton ??= new Automaton(this.pattern.program)).matches(text);
  }
}

/** Can an engine that goes back and tries again not try much? It has only so many ways through a program without loops. */
function isQuick(program: Program): boolean {
  const forks = program.filter(({ op }) => op === 'fork').length;
  const loops = program.some((step) => step.op === 'jump' && step.by < 0);
  return !loops && program.length * 2 ** forks <= MOST_TRIED;
}
