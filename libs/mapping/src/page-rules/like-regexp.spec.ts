import fc from 'fast-check';
import { Automaton } from './automaton';
import type { PageRule } from './page-rule';
import { parsePageRule } from './parse-page-rule';

// Small pieces over a small alphabet, so that generated patterns meet generated texts.
const ATOMS = [
  ...['a', 'b', 'B', 's', 'k', '/', '.', '-', '\\.', '\\u0061', '\\x62', ']', '}', '[]', '[^]', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S'],
  ...['[ab]', '[^a-c]', '[\\d-x]', '[^\\W]', '[A-b]', '[^A-Y/]', '[\\b\\n]', '(?=)', '[à-ÿ]', '[^\\u0100-\\uffff]', '[ſ-\\u2130]'],
  ...['ö', 'Ö', 'ſ', '\u212a', 'µ', 'Μ', 'ß', 'ÿ', 'İ', 'ς', '[\\x00-\\xff]'],
]; // oxfmt-ignore
const PLACES = ['^', '$', '\\b', '\\B'];
const LETTERS = [...'aAbBcsSkK/.-1 \nxyYz{}]öÖſ\u212aµΜμßÿŸÀİıςσΣ\u2028\u0345ι'];
const QUANTIFIERS = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{0,2}', '{1,3}?', '{0}'];

const pattern = fc.letrec<{ choice: string; sequence: string; piece: string }>((tie) => ({
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 1, arbitrary: fc.constantFrom(...PLACES) },
    {
      weight: 8,
      arbitrary: fc.tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...QUANTIFIERS)).map((parts) => parts.join('')),
    },
    ...['(', '(?:', '(?=', '(?!', '(?<añ>'].map((head) => ({
      weight: 1,
      arbitrary: fc
        .tuple(tie('choice'), fc.constantFrom(...QUANTIFIERS))
        .map(([inside, quantifier]) => `${head}${inside})${quantifier}`),
    })),
  ),
})).choice;
const text = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 8 });

/** The rule and what the JavaScript engine would match; none where either refuses the pattern. */
function twins(source: string): readonly { rule: PageRule; expression: RegExp }[] {
  const plain = source.replaceAll('(?<añ>', '(');
  return [`regex:${source}`, source].flatMap((text) => {
    const rule = parsePageRule(text);
    return rule.ok ? [{ rule: rule.value, expression: new RegExp(plain, text === source ? 'i' : '') }] : [];
  });
}

describe('rules', () => {
  it('say of each what the JavaScript engine says, with and without regard to case', () => {
    let [compared, matching] = [0, 0];
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 4 });
    const texts = fc.array(text, { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(patterns, texts, (sources, subjects) => {
        const compiled = sources.filter((source) => source !== '').flatMap(twins);
        const automata = compiled.map(({ rule }) => new Automaton(rule.pattern.program));
        for (const subject of subjects) {
          const expected = compiled.map(({ expression }) => [expression.test(subject), expression.test(subject)]);
          const answers = compiled.map(({ rule }, at) => [rule.holdsFor(subject), automata[at]?.matches(subject)]);
          // `expect` alone would take ten times as long as all the rest.
          if (answers.join() !== expected.join())
            expect([sources, subject, answers]).toEqual([sources, subject, expected]);
          compared += answers.length;
          matching += answers.filter(([answer]) => answer).length;
        }
      }),
      { numRuns: 400, seed: 20260115 },
    );
    expect(compared).toBeGreaterThan(40_000);
    expect(matching / compared).toBeGreaterThan(0.2);
    expect(matching / compared).toBeLessThan(0.8);
  });

  it('take for the same in any case what the engine takes for the same, of all code units', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const cased = units.filter((unit) => unit.toUpperCase() !== unit || unit.toLowerCase() !== unit);
    const others = cased.flatMap((unit) => [unit.toUpperCase(), unit.toLowerCase()]);
    const candidates = [...new Set([...cased, ...others])].filter(({ length }) => length === 1).join('');
    expect(candidates.length).toBeGreaterThan(2_000);
    for (const unit of candidates) {
      const source = `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const expected = candidates.match(new RegExp(source, 'gi')) ?? [];
      const rule = parsePageRule(`[${source}]`);
      const step = rule.ok ? rule.value.pattern.program[0] : undefined;
      const ranges = step?.op === 'take' ? step.ranges : [];
      const own = new Set(ranges.map(([from]) => String.fromCharCode(from)));
      expect([...own].sort()).toEqual([...expected].sort());
    }
  });

  it('say the same when there are too many states to remember', () => {
    const compiled = twins(Array.from({ length: 12 }, (_, at) => `w${at}\\b.*\\bz${at}(?!\\d)`).join('|'));
    expect(compiled).toHaveLength(2);
    let next = 1;
    const draw = (below: number): number => (next = (next * 48_271) % 0x7fffffff) % below;
    let matching = 0;
    for (let round = 0; round < 200; round += 1) {
      const subject = Array.from({ length: 12 }, () => `${draw(2) ? 'w' : 'z'}${draw(16)}`).join('/');
      const expected = compiled.map(({ expression }) => expression.test(subject));
      expect(compiled.map(({ rule }) => rule.holdsFor(subject))).toEqual(expected);
      matching += expected.filter(Boolean).length;
    }
    expect(matching).toBeGreaterThan(100);
    expect(matching).toBeLessThan(300);
  });
});
