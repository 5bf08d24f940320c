import type { ValidationOptions } from 'class-validator';
import { kindOf } from './kind-of';

/** Decorator options that make a class-validator rule say `expected <what>, got <kind>`, without the value. */
export function expected(what: string): ValidationOptions {
  return { message: ({ value }) => expectedText(what, value) };
}

/** The same for a rule about the content of a string: of a string that breaks it there is no kind to tell. */
export function expectedForm(what: string): ValidationOptions {
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
