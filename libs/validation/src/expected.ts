import type { ValidationArguments } from 'class-validator';
import { kindOf } from './kind-of';

/** Decorator options of class-validator with nothing but the sentence for a value that breaks the rule. */
export interface Complaint {
  readonly message: (broken: Pick<ValidationArguments, 'value'>) => string;
}

/** Makes a class-validator rule say `expected <what>, got <kind>`, without the value. */
export function expected(what: string): Complaint {
  return { message: ({ value }) => expectedText(what, value) };
}

/** The same for a rule about the content of a string: of a string that breaks it there is no kind to tell. */
export function expectedForm(what: string): Complaint {
  return { message: ({ value }) => expectedFormText(what, value) };
}

/** The sentence that `expected` gives, for checks that are made by hand. */
export function expectedText(what: string, value: unknown): string {
  return `expected ${what}, got ${kindOf(value)}`;
}

/** The sentence that `expectedForm` gives, for checks that are made by hand. */
export function expectedFormText(what: string, value: unknown): string {
  return typeof value === 'string' && value !== '' ? `expected ${what}` : expectedText(what, value);
}
