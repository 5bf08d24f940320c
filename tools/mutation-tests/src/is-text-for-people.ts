import type { Mutant } from './mutant';

// Codes, paths and names of fields have no space between two words. The products' names have, and begin with capitals.
const TWO_WORDS = /[\p{L}\d}][,:;.]? [\p{L}\d]/u;
const LOWER_CASE_WORD = /(?:^['"`]| )\p{Ll}/u;

/** True for another wording: what a sentence says to a person is no rule, that there is one is. */
export function isTextForPeople({ mutator, source }: Pick<Mutant, 'mutator' | 'source'>): boolean {
  return mutator === 'StringLiteral' && TWO_WORDS.test(source) && LOWER_CASE_WORD.test(source);
}
