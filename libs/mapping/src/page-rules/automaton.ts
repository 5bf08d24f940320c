import { Alphabet } from './alphabet';
import type { PageRule } from './parse-page-rule';
import type { Step } from './program';
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
  /** The rules that match from right of that code unit on. */
  readonly matched: readonly number[];
  /** One code unit further left, by its letter. */
  readonly next: (State | undefined)[];
}

// In numbers of 8 bytes: at most some 6 MB for 100 rules.
const ROOM_OF_A_RULE = 8_192;
// To find a state costs about as much as to walk through so many that are known.
const FEW_USES = 256;

/**
 * Rules that are matched in one pass over a text, from its end to its start. Whether a step leads to a match depends on what
 * stands right of it only, and so does a look-ahead: its answer is there before it is asked for. All steps are followed at
 * once, and what follows from what is remembered (a deterministic automaton that grows as texts need it) until the room
 * for it is full; then all is forgotten. So the time is linear in the text, whatever the rules, and the memory has a bound.
 */
export class Automaton {
  readonly rules: readonly PageRule[];
  /** For each step, the one before it if that takes a code unit, and it itself if it is a look-ahead. */
  readonly #takers: readonly (StepOf<'take'> | undefined)[];
  readonly #looks: readonly (StepOf<'look'> | undefined)[];
  readonly #reversed: ReversedProgram;
  readonly #tellsWords: boolean;
  readonly #alphabet: Alphabet;
  /** The rule that begins with a step. */
  readonly #ruleOf: readonly (number | undefined)[];
  /** 1 for a step that leads to a match from the place that is looked at. */
  readonly #holds: Uint8Array;
  /** The answers for a text in which nothing is found. */
  readonly #answers: readonly boolean[];
  /** By letter, the steps that take it and are a match then, whatever stands right of it. */
  readonly #lastTakers: (readonly number[] | undefined)[] = [];

  #end = endState();
  readonly #states = new Map<string, State>();
  #stored = 0;
  #walked = 0;
  #isOverwhelmed = false;

  constructor(rules: readonly PageRule[]) {
    this.rules = rules;
    const steps = rules.flatMap(({ program }) => [...program, ACCEPT]);
    this.#takers = [undefined, ...steps.map((step) => (step.op === 'take' ? step : undefined))];
    this.#looks = steps.map((step) => (step.op === 'look' ? step : undefined));
    this.#reversed = reverseProgram(steps);
    this.#tellsWords = steps.some((step) => step.op === 'assert' && step.place.endsWith('word_edge'));
    this.#alphabet = new Alphabet(steps, this.#tellsWords);
    this.#holds = new Uint8Array(steps.length);
    for (const step of this.#reversed.always) this.#holds[step] = 1;
    const ruleOf = steps.map((): number | undefined => undefined);
    let start = 0;
    this.#answers = rules.map(({ program, negated }, rule) => {
      const matchesAnything = this.#holds[start] === 1;
      ruleOf[start] = rule;
      start += program.length + 1;
      return negated !== matchesAnything;
    });
    this.#ruleOf = ruleOf;
  }

  /** Did it have to forget states that were hardly used? Fewer rules at once have fewer states. */
  get isOverwhelmed(): boolean {
    return this.#isOverwhelmed;
  }

  /** For each rule, whether it holds for the text. */
  match(text: string): boolean[] {
    const alphabet = this.#alphabet;
    const answers = [...this.#answers];
    this.#walked += text.length;
    let state = this.#end;
    for (let at = text.length - 1; at >= -1; at -= 1) {
      const letter = at < 0 ? alphabet.units.length : alphabet.letterOf(text.charCodeAt(at));
      state = state.next[letter] ?? this.#step(state, letter);
      if (state.matched.length > 0) for (const rule of state.matched) answers[rule] = !this.rules[rule]?.negated;
    }
    return answers;
  }

  /** One code unit further left; the letter after the last one stands for the start of the text. */
  #step(from: State, letter: number): State {
    const left = this.#neighbourOf(letter);
    const matched: number[] = [];
    const taken = (this.#lastTakers[letter] ??= this.#takersOf(this.#reversed.always, letter)).slice();
    const holding = this.#follow(from, left);
    for (const step of holding) {
      this.#holds[step] = 0;
      const rule = this.#ruleOf[step];
      if (rule !== undefined) matched.push(rule);
    }
    for (const step of this.#takersOf(holding, letter)) taken.push(step);
    taken.sort((one, other) => one - other);
    const to = this.#remember(taken, left, matched);
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

  #remember(taken: readonly number[], right: Neighbour, matched: readonly number[]): State {
    const key = `${right} ${matched.join()} ${taken.join()}`;
    const known = this.#states.get(key);
    if (known) return known;
    const size = this.#alphabet.units.length + 1;
    // A key takes about as much as what it is made of.
    this.#stored += size + 2 * (taken.length + matched.length);
    if (this.#stored > ROOM_OF_A_RULE * this.rules.length) this.#forget();
    const state: State = { taken, right, matched, next: new Array<State | undefined>(size).fill(undefined) };
    this.#states.set(key, state);
    return state;
  }

  #forget(): void {
    if (this.#walked < FEW_USES * this.#states.size) this.#isOverwhelmed = true;
    this.#states.clear();
    this.#end = endState();
    this.#stored = 0;
    this.#walked = 0;
  }
}

function endState(): State {
  return { taken: [], right: 0, matched: [], next: [] };
}
