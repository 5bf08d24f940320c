import { Alphabet } from './alphabet';
import type { Program, Step } from './program';
import { ACCEPT } from './program';
import { contextOf, reverseProgram } from './reverse-program';
import type { Neighbour, ReversedProgram } from './reverse-program';
import { contains, WORD } from './ranges';

type StepOf<Op> = Extract<Step, { op: Op }>;

/** What is known between two code units of a text that is read from its end. */
interface State {
  /** The steps that take the code unit right of here and lead to a match. */
  readonly taken: readonly number[];
  readonly right: Neighbour;
  /** Does the program match from right of that code unit on? */
  readonly isMatch: boolean;
  /** One code unit further left, by its letter. */
  readonly next: (State | undefined)[];
}

// In numbers of 8 bytes: at most some 6 MB for 100 rules.
const ROOM = 8_192;

/**
 * A program that is run over a text from its end to its start. Whether a step leads to a match depends on what stands right
 * of it only, and so does a look-ahead: its answer is there before it is asked for. All steps are followed at once, and what
 * follows from what is remembered (a deterministic automaton that grows as texts need it) until the room for it is full;
 * then all is forgotten. So the time is linear in the text, whatever the program, and the memory has a bound.
 */
export class Automaton {
  /** For each step, the one before it if that takes a code unit, and it itself if it is a look-ahead. */
  readonly #takers: readonly (StepOf<'take'> | undefined)[];
  readonly #looks: readonly (StepOf<'look'> | undefined)[];
  readonly #reversed: ReversedProgram;
  readonly #tellsWords: boolean;
  readonly #alphabet: Alphabet;
  /** 1 for a step that leads to a match from the place that is looked at. */
  readonly #holds: Uint8Array;
  /** By letter, the steps that take it and are a match then, whatever stands right of it. */
  readonly #lastTakers: (readonly number[] | undefined)[] = [];

  #end = endState();
  readonly #states = new Map<string, State>();
  #stored = 0;

  constructor(program: Program) {
    const steps = [...program, ACCEPT];
    this.#takers = [undefined, ...steps.map((step) => (step.op === 'take' ? step : undefined))];
    this.#looks = steps.map((step) => (step.op === 'look' ? step : undefined));
    this.#reversed = reverseProgram(steps);
    this.#tellsWords = steps.some((step) => step.op === 'assert' && step.place.endsWith('word_edge'));
    this.#alphabet = new Alphabet(steps, this.#tellsWords);
    this.#holds = new Uint8Array(steps.length);
    for (const step of this.#reversed.always) this.#holds[step] = 1;
  }

  /** Does the program match somewhere in the text? */
  matches(text: string): boolean {
    // It does wherever one stands.
    if (this.#holds[0]) return true;
    const alphabet = this.#alphabet;
    let state = this.#end;
    for (let at = text.length - 1; at >= -1; at -= 1) {
      const letter = at < 0 ? alphabet.units.length : alphabet.letterOf(text.charCodeAt(at));
      state = state.next[letter] ?? this.#step(state, letter);
      if (state.isMatch) return true;
    }
    return false;
  }

  /** One code unit further left; the letter after the last one stands for the start of the text. */
  #step(from: State, letter: number): State {
    const left = this.#neighbourOf(letter);
    const taken = (this.#lastTakers[letter] ??= this.#takersOf(this.#reversed.always, letter)).slice();
    const holding = this.#follow(from, left);
    const isMatch = this.#holds[0] === 1;
    for (const step of holding) this.#holds[step] = 0;
    for (const step of this.#takersOf(holding, letter)) taken.push(step);
    taken.sort((one, other) => one - other);
    const to = this.#remember(taken, left, isMatch);
    from.next[letter] = to;
    return to;
  }

  /** The steps that lead to a match from here and not always, marked in `#holds`. */
  #follow({ taken, right }: State, left: Neighbour): readonly number[] {
    const { before, guards, depths, deepest } = this.#reversed;
    const context = contextOf(left, right);
    const holding: number[] = [];
    const open: number[] = [];
    // From the inside out: what a look-ahead asks for is complete when its answer is needed.
    for (let depth = deepest; depth >= 0; depth -= 1) {
      for (const step of taken) if (depths[step] === depth) open.push(step);
      for (const step of guards) if (depths[step] === depth && this.#passes(step, context)) open.push(step);
      for (let step = open.pop(); step !== undefined; step = open.pop()) {
        if (this.#holds[step]) continue;
        this.#holds[step] = 1;
        holding.push(step);
        for (const earlier of before[step] ?? []) if (this.#passes(earlier, context)) open.push(earlier);
      }
    }
    return holding;
  }

  #passes(at: number, context: number): boolean {
    if (((this.#reversed.contexts[at] ?? 0) & context) === 0) return false;
    const look = this.#looks[at];
    return look === undefined || (this.#holds[at + 1] === 0) === look.negated;
  }

  /** The steps that take the letter and go on with one of these. */
  #takersOf(steps: readonly number[], letter: number): number[] {
    const takers: number[] = [];
    const unit = this.#alphabet.units[letter];
    if (unit === undefined) return takers;
    for (const at of steps) {
      const step = this.#takers[at];
      if (step && contains(step.ranges, unit) !== step.negated) takers.push(at - 1);
    }
    return takers;
  }

  #neighbourOf(letter: number): Neighbour {
    const unit = this.#alphabet.units[letter];
    if (unit === undefined) return 0;
    return this.#tellsWords && contains(WORD, unit) ? 1 : 2;
  }

  #remember(taken: readonly number[], right: Neighbour, isMatch: boolean): State {
    const key = `${right} ${isMatch} ${taken.join()}`;
    const known = this.#states.get(key);
    if (known) return known;
    const size = this.#alphabet.units.length + 1;
    // A key takes about as much as what it is made of.
    this.#stored += size + 2 * taken.length;
    if (this.#stored > ROOM) this.#forget();
    const state: State = { taken, right, isMatch, next: new Array<State | undefined>(size).fill(undefined) };
    this.#states.set(key, state);
    return state;
  }

  #forget(): void {
    this.#states.clear();
    this.#end = endState();
    this.#stored = 0;
  }
}

function endState(): State {
  return { taken: [], right: 0, isMatch: false, next: [] };
}
