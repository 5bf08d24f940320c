import type { Place, Program } from './program';
import { contains, WORD } from './ranges';

/**
 * Does the program match anywhere in the text? Follows all states at once (Pike's simulation), so that the time is at
 * most text length × program length, whatever the pattern: there is no backtracking.
 */
export function runProgram(program: Program, text: string): boolean {
  let states: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const reached = closure(program, [...states, 0], text, at);
    if (reached.has(program.length)) return true;
    const code = text.charCodeAt(at);
    states = [...reached].filter((state) => takes(program, state, code)).map((state) => state + 1);
  }
  return false;
}

/** The states and all that are reached from them without taking a character. */
function closure(program: Program, open: number[], text: string, at: number): ReadonlySet<number> {
  const reached = new Set<number>();
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    const step = program[state];
    if (step?.op === 'fork') open.push(state + 1, state + step.by);
    else if (step?.op === 'jump') open.push(state + step.by);
    else if (step?.op === 'assert' && holds(step.place, text, at)) open.push(state + 1);
  }
  return reached;
}

function takes(program: Program, state: number, code: number): boolean {
  const step = program[state];
  return step?.op === 'take' && contains(step.ranges, code) !== step.negated;
}

function holds(place: Place, text: string, at: number): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === text.length;
  return (isWord(text, at - 1) !== isWord(text, at)) === (place === 'word_edge');
}

function isWord(text: string, at: number): boolean {
  return contains(WORD, text.charCodeAt(at)); // NaN outside of the text: in no range
}
