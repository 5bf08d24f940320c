import type { Place, Program } from './program';

/** A program as it is read from its end: how each step is come by. */
export interface ReversedProgram {
  /** For each step, those that go on with it without taking a code unit. */
  readonly before: readonly (readonly number[])[];
  /** The steps that are a match wherever one stands. */
  readonly always: readonly number[];
  /** The steps that ask for something and would else be among these. */
  readonly guards: readonly number[];
  /** In how many look-aheads each step is. */
  readonly depths: readonly number[];
  readonly deepest: number;
  /** For each step, the sum of the `contextOf` in which it may be come by. */
  readonly contexts: readonly number[];
}

/** What stands next to a place in a text: nothing, a word's code unit, or another one. */
export type Neighbour = 0 | 1 | 2;

/** What stands on both sides of a place, as one bit of nine. */
export function contextOf(left: Neighbour, right: Neighbour): number {
  return 1 << (3 * left + right);
}

const ANY_CONTEXT = 0b111_111_111;
const CONTEXTS: Readonly<Record<Place, number>> = {
  start: 0b000_000_111,
  end: 0b001_001_001,
  word_edge: 0b010_101_010,
  no_word_edge: 0b101_010_101,
};

export function reverseProgram(program: Program): ReversedProgram {
  const before: number[][] = program.map(() => []);
  const accepts: number[] = [];
  let depth = 0;
  let deepest = 0;
  const depths = program.map((step, at) => {
    const stepDepth = depth;
    if (step.op === 'accept') accepts.push(at);
    if (step.op === 'assert' || step.op === 'fork') before[at + 1]?.push(at);
    if (step.op === 'look' || step.op === 'fork' || step.op === 'jump') before[at + step.by]?.push(at);
    // What a look-ahead asks for ends with an `accept` of its own; that of a rule stands in none.
    if (step.op === 'look') depth += 1;
    if (step.op === 'accept' && depth > 0) depth -= 1;
    deepest = Math.max(deepest, depth);
    return stepDepth;
  });
  const always = new Set(accepts);
  const guards = new Set<number>();
  // A set goes on with what is added while it is read.
  for (const step of always) {
    for (const earlier of before[step] ?? []) {
      const { op } = program[earlier] ?? {};
      (op === 'fork' || op === 'jump' ? always : guards).add(earlier);
    }
  }
  const contexts = program.map((step) => (step.op === 'assert' ? CONTEXTS[step.place] : ANY_CONTEXT));
  return { before, always: [...always], guards: [...guards], depths, deepest, contexts };
}
