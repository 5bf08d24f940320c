import { isTextForPeople } from './is-text-for-people';

describe(isTextForPeople.name, () => {
  it.each(["'expected JSON'", '`at most ${MAX} patterns`', "'The key was refused'", '`${path}: expected text`'])(
    'is true for a sentence: %s',
    (source) => {
      expect(isTextForPeople({ mutator: 'StringLiteral', source })).toBe(true);
    },
  );

  it.each(["'userId'", "'unknown_user'", "'Sprig Cloud (Actions)'", '`API-Key ${apiKey}`', "''", "' '", "'; '"])(
    'is false for a name, a code, or a sign: %s',
    (source) => {
      expect(isTextForPeople({ mutator: 'StringLiteral', source })).toBe(false);
    },
  );

  it('is false for a change that takes the sentence away with something else', () => {
    const source = "reasoned('rejected', 'refused', 'no such user')";
    expect(isTextForPeople({ mutator: 'ConditionalExpression', source })).toBe(false);
  });
});
