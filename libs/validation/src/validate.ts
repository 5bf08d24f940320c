import { getFromContainer, getMetadataStorage } from 'class-validator';
import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import type { Issue } from './issue';

/** What a rule finds wrong with an object. */
type Rule = (object: object) => Issue | undefined;

// Asking class-validator costs more than running the rules, and decorators have run before the first object is there.
const rulesBySchema = new Map<unknown, readonly Rule[]>();

/**
 * Everything that the class-validator rules of a hydrated schema object find wrong, in the order in which `validateSync`
 * tells it. A property has one rule, made by `ValidateBy`: nothing else is read of what class-validator knows.
 */
export function validate(instance: object): readonly Issue[] {
  const issues: Issue[] = [];
  for (const rule of rulesOf(instance)) {
    const issue = rule(instance);
    if (issue) issues.push(issue);
  }
  return issues;
}

function rulesOf({ constructor: schema }: object): readonly Rule[] {
  const known = rulesBySchema.get(schema);
  if (known) return known;
  const rules = readRules(schema);
  rulesBySchema.set(schema, rules);
  return rules;
}

function readRules(schema: object['constructor']): readonly Rule[] {
  const { name } = schema;
  const metadata = getMetadataStorage().getTargetValidationMetadatas(schema, '', false, false);
  return metadata.map(({ propertyName, constraintCls, constraints, message }) => {
    const constraint = getFromContainer(constraintCls as new () => ValidatorConstraintInterface);
    return (object) => {
      const value: unknown = object[propertyName as keyof object];
      const args: ValidationArguments = { value, constraints, targetName: name, object, property: propertyName };
      if (constraint.validate(value, args)) return undefined;
      return { path: propertyName, message: typeof message === 'function' ? message(args) : message };
    };
  });
}
