import { Automaton } from './automaton';
import type { PageRule } from './parse-page-rule';

/** Some of the rules, by their places among all. */
interface Group {
  readonly places: readonly number[];
  readonly automaton: Automaton;
}

/**
 * Rules that are matched together, by as few automata as do without too many states. Rules that repeat something without
 * end (`/shop/.*cart`) multiply each other's states, so they begin in an automaton of their own, which is halved as long
 * as the texts that come are too much for it.
 */
export class RuleSet {
  readonly #rules: readonly PageRule[];
  #groups: readonly Group[];

  constructor(rules: readonly PageRule[]) {
    this.#rules = rules;
    const places = [...rules.keys()];
    const isEndless = (place: number): boolean =>
      rules[place]?.program.some((step) => step.op === 'jump' && step.by < 0) ?? false;
    this.#groups = [
      ...this.#groupOf(places.filter((place) => !isEndless(place))),
      ...this.#groupOf(places.filter(isEndless)),
    ];
  }

  /** For each rule, whether it holds for the text. */
  match(text: string): readonly boolean[] {
    const answers = this.#rules.map(() => false);
    for (const { places, automaton } of this.#groups) {
      automaton.match(text).forEach((answer, at) => (answers[places[at] ?? 0] = answer));
    }
    if (this.#groups.some(isTooLarge))
      this.#groups = this.#groups.flatMap((group) => (isTooLarge(group) ? this.#halve(group) : [group]));
    return answers;
  }

  #halve({ places }: Group): readonly Group[] {
    const middle = places.length >> 1;
    return [...this.#groupOf(places.slice(0, middle)), ...this.#groupOf(places.slice(middle))];
  }

  #groupOf(places: readonly number[]): readonly Group[] {
    const rules = this.#rules.filter((_, place) => places.includes(place));
    return rules.length === 0 ? [] : [{ places, automaton: new Automaton(rules) }];
  }
}

function isTooLarge({ places, automaton }: Group): boolean {
  return automaton.isOverwhelmed && places.length > 1;
}
