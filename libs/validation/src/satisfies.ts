import { ValidateBy } from 'class-validator';
import type { Complaint } from './expected';

type Test = (value: unknown) => boolean;

/** A class-validator rule that holds where `test` does. Must not throw, whatever the value. */
export function Satisfies(test: Test, complaint: Complaint): PropertyDecorator {
  return ValidateBy({ name: 'satisfies', validator: { validate: test } }, complaint);
}

/** A rule for what may be absent: null counts as absent. */
export function SatisfiesIfPresent(test: Test, complaint: Complaint): PropertyDecorator {
  return Satisfies((value) => value === undefined || value === null || test(value), complaint);
}
