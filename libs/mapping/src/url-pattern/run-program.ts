import { contains, WORD } from './character-classes';
import type { Program } from './compile-program';
import type { Place } from './pattern-node';

/**
 * Does the program match anywhere in the text? Follows all states at once (Pike's simulation), so that the time is at
 * most text length × program length, whatever the pattern: there is no backtracking.
 */
export function runProgram(program: Program, text: string): boolean {
  let states: readonly number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const reached = closure(program, [...states, 0], text, at);
    if (reached === 'match') return true;
    const code = text.charCodeAt(at);
    states =
      at === text.length ? [] : reached.filter((state) => accepts(program, state, code)).map((state) => state + 1);
  }
  return false;
}

/** The states that wait for a character, after all steps that need none. */
function closure(program: Program, from: number[], text: string, at: number): number[] | 'match' {
  const seen = new Set<number>();
  const waiting: number[] = [];
  for (let state = from.pop(); state !== undefined; state = from.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    const step = program[state];
    switch (step?.op) {
      case 'match':
        return 'match';
      case 'set':
        waiting.push(state);
        break;
      case 'jump':
        from.push(step.to);
        break;
      case 'fork':
        from.push(step.first, step.second);
        break;
      case 'assert':
        if (holds(step.place, text, at)) from.push(state + 1);
        break;
    }
  }
  return waiting;
}

function accepts(program: Program, state: number, code: number): boolean {
  const step = program[state];
  return step?.op === 'set' && contains(step.ranges, code) !== step.negated;
}

function holds(place: Place, text: string, at: number): boolean {
  switch (place) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'word_edge':
      return isWord(text, at - 1) !== isWord(text, at);
    case 'no_word_edge':
      return isWord(text, at - 1) === isWord(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  return contains(WORD, text.charCodeAt(at)); // NaN outside the text: in no range
}
