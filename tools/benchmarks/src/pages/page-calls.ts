/** Draws from a fixed sequence, so that each run has the same URLs. */
class Draw {
  #state = 20_260_115;

  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 0x7fffffff;
    return this.#state % limit;
  }

  of(list: readonly string[] | string): string {
    return list[this.below(list.length)] ?? '';
  }
}

const WORDS = [
  ...[
    'pricing',
    'cart',
    'checkout',
    'blog',
    'docs',
    'account',
    'login',
    'signup',
    'orders',
    'invoice',
    'receipt',
    'team',
  ],
  ...[
    'settings',
    'billing',
    'support',
    'contact',
    'about',
    'careers',
    'shoes',
    'hats',
    'shirts',
    'sale',
    'search',
    'product',
  ],
];
const TOKEN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_%';

/** A hundred rules as people write them, of every kind. */
export function pageRules(): Readonly<Record<string, string>> {
  const draw = new Draw();
  const word = (): string => draw.of(WORDS);
  const forms: readonly ((at: number) => string)[] = [
    () => `/${word()}/${word()}`,
    () => `^https://shop\\.example/${word()}/?(\\?.*)?$`,
    () => `/${word()}/\\d+/(edit|view|${word()})$`,
    () => `regex:/${word()}/[^/]+/${word()}`,
    (at) => `contains:/${word()}-${at}`,
    (at) => `exactly:https://shop.example/${word()}/${at}`,
    () => `startsWith:https://shop.example/${word()}`,
    () => `endsWith:/${word()}`,
    () => `example/(?!${word()}|${word()})`,
    () => `[?&]utm_source=(google|bing|${word()})`,
    () => `/${word()}/.*/${word()}`,
    () => `notContains:/${word()}`,
  ];
  return Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`Page ${at}`, forms[at % forms.length]?.(at) ?? '']),
  );
}

/** Page calls of some users, each with a URL of its own: a path, a campaign, and a click id that fills it up. */
export function pageCalls(count: number, urlLength: number, users: number): readonly object[] {
  const draw = new Draw();
  return Array.from({ length: count }, (_, at) => {
    const path = Array.from({ length: 1 + draw.below(4) }, () => (draw.below(4) ? draw.of(WORDS) : draw.below(10_000)));
    const start = `https://shop.example/${path.join('/')}?utm_source=${draw.of(['google', 'bing'])}&gclid=`;
    const token = Array.from({ length: Math.max(0, urlLength - start.length) }, () => draw.of(TOKEN)).join('');
    return { type: 'page', userId: `user-${at % users}`, properties: { url: `${start}${token}` } };
  });
}
