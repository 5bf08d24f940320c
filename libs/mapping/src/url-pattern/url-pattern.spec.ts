import fc from 'fast-check';
import { parseUrlPattern } from './url-pattern';

function matches(pattern: string, text: string): boolean | string {
  const parsed = parseUrlPattern(pattern);
  return parsed.ok ? parsed.value.matches(text) : (parsed.issues[0]?.message ?? '');
}

// Small pieces over a small alphabet, so that generated patterns meet generated texts.
const atom = fc.constantFrom('a', 'b', '/', '.', '\\d', '\\w', '\\W', '\\s', '\\b', '\\B', '^', '$', '[ab]', '[^a-c]', '[\\d-x]', '\\.', '\\u0061', '\\x62', '[]', '[^]', '{', '}', ']'); // prettier-ignore
const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '{2}', '{1,}', '{0,2}', '{1,3}?', '{0}');
const pattern = fc.letrec<{ choice: string; sequence: string; piece: string }>((tie) => ({
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        atom,
        tie('choice').map((inside) => `(${inside})`),
        tie('choice').map((inside) => `(?:${inside})`),
      ),
      quantifier,
    )
    .map((parts) => parts.join('')),
})).choice;
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', '.', '1', ' ', '\n', '-', 'x', '{', '}', ']'), maxLength: 8 }); // prettier-ignore

describe(parseUrlPattern.name, () => {
  it('matches what the JavaScript engine matches, for every pattern that it accepts', () => {
    let compared = 0;
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const ours = matches(source, subject);
        if (typeof ours === 'string') return;
        compared += 1;
        expect(ours).toBe(new RegExp(source).test(subject));
      }),
      { numRuns: 10_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  it('takes the patterns that people write for pages', () => {
    expect(matches('^https://shop\\.example/(cart|checkout)/?(\\?.*)?$', 'https://shop.example/cart?a=1')).toBe(true);
    expect(matches('/pricing', 'https://shop.example/pricing')).toBe(true);
    expect(matches('/users/\\d+/edit', 'https://shop.example/users/x/edit')).toBe(false);
    expect(matches('/item/(?<id>[a-f0-9-]{36})', `/item/${'0'.repeat(36)}`)).toBe(true);
  });

  it.each(['(a+)+$', '(a|a)*$', '(.*)*x', 'a*a*a*a*a*a*a*a*a*a*c', '(a?){50}a{50}'])(
    'decides the pattern %s, which makes a backtracking engine hang, at once',
    (source) => {
      expect(typeof matches(source, `${'a'.repeat(5_000)}!`)).toBe('boolean');
    },
  );

  it.each([
    ['(?=a)', 'it looks around'],
    ['(?!a)', 'it looks around'],
    ['(?<=a)b', 'it looks around'],
    ['(a)\\1', 'it uses \\1'],
    ['\\ca', 'it uses \\c'],
    ['\\u{61}', 'it uses \\u'],
    ['((a{99}){99}){99}', 'its counted repeats are too large'],
    ['a{100000}', 'its counted repeats are too large'],
    ['a{400}'.repeat(3), 'its counted repeats are too large'],
    ['(a?){1,1500}', 'its counted repeats are too large'],
  ])('refuses %s and says why', (source, why) => {
    expect(matches(source, 'a')).toBe(`expected a regular expression that can be matched in bounded time; ${why}`);
  });

  it('takes a repeat of nothing as nothing', () => {
    expect(matches('^(((((){99}){99}){99}){99}){99}b', 'b')).toBe(true);
  });

  it.each(['(', '[', 'a**', '?'])('refuses %s, which is no regular expression', (source) => {
    expect(matches(source, 'a')).toBe('expected a regular expression');
  });

  it('refuses a pattern over 250 characters', () => {
    expect(matches('a'.repeat(250), 'a'.repeat(250))).toBe(true);
    expect(matches('a'.repeat(251), 'a')).toBe('expected a pattern of at most 250 characters');
  });
});
