import type { Program, Step } from './program';

type Take = Extract<Step, { op: 'take' }>;

// The engine searches by trying each place: long ones would let a text and a rule that are made for it cost much.
const MAX_LENGTH = 16;
const MOST_CASES = 4;

/** A text, its letters in all the cases that the program takes, without which it matches nowhere; none if it needs none. */
export function findNeedle(program: Program): RegExp | undefined {
  const passedOver = findPassedOver(program);
  let longest: readonly Take[] = [];
  let run: Take[] = [];
  program.forEach((step, at) => {
    run = step.op === 'take' && !passedOver.has(at) && isLetter(step) ? [...run, step] : [];
    if (run.length > longest.length) longest = run;
  });
  return longest.length === 0 ? undefined : new RegExp(longest.slice(-MAX_LENGTH).map(toSource).join(''));
}

/** The steps that a match may go without. */
function findPassedOver(program: Program): ReadonlySet<number> {
  const passedOver = new Set<number>();
  program.forEach((step, at) => {
    if (step.op !== 'fork' && step.op !== 'jump' && step.op !== 'look') return;
    for (let next = at; next < at + step.by; next += 1) passedOver.add(next);
  });
  return passedOver;
}

function isLetter({ ranges, negated }: Take): boolean {
  return !negated && ranges.length <= MOST_CASES && ranges.every(([from, to]) => from === to);
}

function toSource({ ranges }: Take): string {
  const units = ranges.map(([unit]) => `\\u${unit.toString(16).padStart(4, '0')}`);
  return units.length === 1 ? units.join('') : `[${units.join('')}]`;
}
