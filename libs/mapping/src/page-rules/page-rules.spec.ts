import { parsePageRules } from './page-rules';

function matches(rule: string, text: string): boolean | string {
  const parsed = parsePageRules({ Seen: rule });
  return parsed.ok ? parsed.value.eventsOf(text).length === 1 : (parsed.issues[0]?.message ?? '');
}

describe(parsePageRules.name, () => {
  it.each([
    ['/pricing', 'https://shop.example/Pricing?a=1', true],
    ['^HTTPS://shop\\.example/(cart|checkout)/?(\\?.*)?$', 'https://shop.example/cart?a=1', true],
    ['/users/\\d+/edit', 'https://shop.example/users/x/edit', false],
    ['/item/(?<id>[a-f0-9-]{36})', `/ITEM/${'0A'.repeat(18)}`, true],
    ['example.com/(?!login|signup)', 'https://example.com/home', true],
    ['example.com/(?!login|signup)', 'https://example.com/login', false],
    ['^(?!.*admin).*shop', '/shop', true],
    ['^(?!.*admin).*shop', '/shop/Admin', false],
    ['regex:/Pricing', '/Pricing', true],
    ['regex:/Pricing', '/pricing', false],
    ['regex:^(?=.*/a)(?!.*/b)', '/x/a', true],
    ['regex:^(?=.*/a)(?!.*/b)', '/x/a/b', false],
    ['contains:a.b', '/xa.bx', true],
    ['contains:a.b', '/aXb', false],
    ['contains:a.b', '/A.b', false],
    ['notContains:/admin', '/shop', true],
    ['notContains:/admin', '/shop/admin', false],
    ['notContains:/admin', '/shop/Admin', true],
    ['exactly:https://shop.example/?a=(1)', 'https://shop.example/?a=(1)', true],
    ['exactly:https://shop.example/', 'https://shop.example/#', false],
    ['exactly:/a', '/A', false],
    ['notExactly:/a', '/a', false],
    ['notExactly:/a', '/ab', true],
    ['startsWith:https://shop', 'https://shop.example', true],
    ['startsWith:https://shop', 'go?to=https://shop', false],
    ['endsWith:/done', '/checkout/done', true],
    ['endsWith:/done', '/done/', false],
    ['contains: /pricing', '/pricing', true],
    ['contains:contains:', 'x', false],
    ['https:', 'https://x', true],
  ])('%s on %s: %j', (rule, text, expected) => {
    expect(matches(rule, text)).toBe(expected);
  });

  it('names the events whose rules hold, in their order', () => {
    const parsed = parsePageRules({ Shop: '/shop', Blog: '/blog', 'No blog': 'notContains:/blog', Any: '' });
    expect(parsed.ok && parsed.value.eventsOf('https://x.example/shop/blogs')).toEqual(['Shop', 'Blog', 'Any']);
    expect(parsed.ok && parsed.value.eventsOf('/shop')).toEqual(['Shop', 'No blog', 'Any']);
  });

  it('gives the same rules under other names their own names', () => {
    const [one, other] = [parsePageRules({ One: 'contains:a' }), parsePageRules({ Other: 'contains:a' })];
    expect([one, other].map((parsed) => parsed.ok && parsed.value.eventsOf('a'))).toEqual([['One'], ['Other']]);
  });

  it.each([
    '(a+)+$',
    '(a|a)*$',
    '(.*)*x',
    'a*a*a*a*a*a*a*a*a*a*c',
    '(a?){50}a{50}',
    '(?:(?=(a+)+b)a)*$',
    '[ab]*a[ab]{99}x',
  ])('decides the pattern %s, which makes a backtracking engine hang, at once', (source) => {
    expect(typeof matches(source, `${'a'.repeat(5_000)}!`)).toBe('boolean');
  });

  it.each([
    ['(?<=a)b', 'it uses (?<='],
    ['(?<!a)b', 'it uses (?<!'],
    ['(?i:a)b', 'it uses (?i:'],
    ['(?i-s:a)b', 'it uses (?i-s:'],
    ['(?-i:a)b', 'it uses (?-i:'],
    ['regex:(?<=a)b', 'it uses (?<='],
    ['(a)\\1', 'it uses \\1'],
    ['(?<a>a)\\k<a>', 'it uses \\k'],
    ['\\ca', 'it uses \\c'],
    ['\\u{61}', 'it uses \\u'],
    ['((a{99}){99}){99}', 'its counted repeats are too large'],
    ['a{100000}', 'its counted repeats are too large'],
    ['a{400}'.repeat(3), 'its counted repeats are too large'],
    ['(a?){1,1500}', 'its counted repeats are too large'],
    ['(?=a{99}){99}', 'its counted repeats are too large'],
  ])('refuses %s and says why', (source, why) => {
    expect(matches(source, 'a')).toBe(`expected a regular expression that can be matched in bounded time; ${why}`);
  });

  it.each([
    '(',
    '[',
    'a**',
    '?',
    '(?)',
    '(?<1>a)',
    '(?<a',
    '(?<=a',
    '(?x:a)',
    '(?=a',
    'regex:(',
    '[b-a]',
    'a{2,1}',
    '\\',
  ])('refuses %s, which is no regular expression', (source) => {
    expect(matches(source, 'a')).toMatch(/^expected a regular expression/);
  });

  it.each([
    ['contains:', 'expected a text after contains:'],
    ['regex: ', 'expected a text after regex:'],
    ['startswith:/a', 'expected startsWith: in this spelling'],
  ])('refuses %s: %s', (rule, message) => {
    expect(matches(rule, 'a')).toBe(message);
  });

  it('takes groups of any name, also twice, on every version of JavaScript alike', () => {
    expect(matches('^(?<añ>b)(?<\\u0061>c)$', 'bc')).toBe(true);
    expect(matches('^(?:(?<year>a)|(?<year>b))$', 'b')).toBe(true);
    expect(matches('[(?<=](?<$_1>b)\\(\\?<!', '<b(?<!')).toBe(true);
  });

  it('takes a repeat of nothing as nothing', () => {
    expect(matches('^(((((){99}){99}){99}){99}){99}b', 'b')).toBe(true);
  });

  it('refuses a rule over 250 characters', () => {
    expect(matches('a'.repeat(250), 'a'.repeat(250))).toBe(true);
    expect(matches('a'.repeat(251), 'a')).toBe('expected a pattern of at most 250 characters');
    expect(matches(`contains:${'a'.repeat(242)}`, 'a')).toBe('expected a pattern of at most 250 characters');
  });

  it('names each event whose rule is wrong', () => {
    const parsed = parsePageRules({ Home: '/home', Pricing: '(', Cart: 'contains:' });
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(['Pricing', 'Cart']);
  });
});
