import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { Issue } from './issue';

/** Everything that the class-validator rules of a hydrated schema object find wrong, one issue a property. */
export function validate(instance: object): readonly Issue[] {
  return validateSync(instance, { stopAtFirstError: true }).flatMap((error) => toIssues(error, ''));
}

function toIssues({ property, constraints, children }: ValidationError, parent: string): Issue[] {
  const path = parent === '' ? property : `${parent}.${property}`;
  const own = Object.values(constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(children ?? []).flatMap((child) => toIssues(child, path))];
}
