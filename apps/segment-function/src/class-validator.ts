// What the libs use of class-validator, and no more: the build puts it in the place of the package.

type Schema = object['constructor'];

interface Rule {
  readonly target: Schema;
  readonly propertyName: string;
  /** The package makes one from a class; here it is the rule's validator itself. */
  readonly constraintCls: object;
  readonly message: unknown;
}

const rules: Rule[] = [];

export function ValidateBy({ validator }: { validator: object }, { message }: { message: unknown }) {
  return ({ constructor: target }: object, propertyName: string): void => {
    rules.push({ target, propertyName, constraintCls: validator, message });
  };
}

export function getMetadataStorage() {
  return {
    getTargetValidationMetadatas: (schema: Schema): readonly Rule[] => [
      ...rules.filter(({ target }) => target === schema),
      ...rules.filter(({ target }) => schema.prototype instanceof target),
    ],
  };
}

export function getFromContainer<T>(constraint: T): T {
  return constraint;
}
