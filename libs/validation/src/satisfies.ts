import { ValidateBy } from 'class-validator';
import type { ValidationOptions } from 'class-validator';

type Test = (value: unknown) => boolean;

/** A class-validator rule that holds where `test` does. Must not throw, whatever the value. */
export function Satisfies(test: Test, options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'satisfies', validator: { validate: test } }, options);
}

/** A rule for what may be absent: null counts as absent. */
export function SatisfiesIfPresent(test: Test, options: ValidationOptions): PropertyDecorator {
  return Satisfies((value) => value === undefined || value === null || test(value), options);
}
