import { keepDigits } from './long-integers';
import { readJson } from './parse-json';

const LONG = '12345678901234567890';

describe(keepDigits.name, () => {
  const PLACES = new Set(['userId', '[].userId', 'batch[].userId', 'traits.account.id']);
  const keep = (text: string): unknown => keepDigits(readJson(Buffer.from(text)), () => PLACES);

  it.each([
    [`{"userId":${LONG}}`, { userId: LONG }],
    [`{"userId":-${LONG}}`, { userId: `-${LONG}` }],
    [`{ "userId" :\n\t ${LONG} }`, { userId: LONG }],
    ['{"userId":1234567890123456}', { userId: '1234567890123456' }],
    [`[{"userId":${LONG}},{"a":[{"userId":1}],"userId":${LONG}}]`, [{ userId: LONG }, { a: [{ userId: 1 }], userId: LONG }]],
    [`{"batch":[{"userId":${LONG}}],"sentAt":null}`, { batch: [{ userId: LONG }], sentAt: null }],
    [`{"traits":{"account":{"id":${LONG}}}}`, { traits: { account: { id: LONG } } }],
    [`{"traits":{"account.id":${LONG}}}`, { traits: { 'account.id': LONG } }],
    [`{"user\\u0049d":${LONG}}`, { userId: LONG }],
    [`{"a":"{\\"userId\\":1","userId":${LONG}}`, { a: '{"userId":1', userId: LONG }],
    [`{"a":"\\\\","userId":${LONG}}`, { a: '\\', userId: LONG }],
    [`{"a":{},"b":[],"c":[[]],"userId":${LONG}}`, { a: {}, b: [], c: [[]], userId: LONG }],
  ])('keeps every digit in %s', (text, expected) => {
    expect(keep(text)).toEqual(expected);
  }); // oxfmt-ignore

  it.each([
    '{"userId":123456789012345}',
    `{"userId":${LONG}.5}`,
    `{"userId":${LONG}e3}`,
    `{"userId":"${LONG}"}`,
    `{"userId":[${LONG}]}`,
    `{"userId":{"userId":${LONG}}}`,
    `{"price":${LONG},"traits":{"userId":${LONG},"account":${LONG}}}`,
    `{"batch":[[{"userId":${LONG}}]]}`,
    `{"a":"\\"userId\\":${LONG}"}`,
    `[${LONG}]`,
    LONG,
  ])('leaves alone %s', (text) => {
    expect(keep(text)).toEqual(JSON.parse(text));
  });

  it.each([
    `{"userId":0${LONG}}`,
    `{"userId":+${LONG}}`,
    `{"userId":- ${LONG}}`,
    `{"userId":${LONG}n}`,
    `{"userId" ${LONG}}`,
  ])('takes for JSON no more than before: %s', (text) => {
    expect(() => keep(text)).toThrow('body: expected JSON');
  });

  it('does not ask for the places where nothing is long', () => {
    const json = readJson(Buffer.from(`{"userId":"${LONG}","messageId":"ajs-next-1700000000000-0c4b2"}`));
    const places = jest.fn();
    expect(keepDigits(json, places)).toBe(json.value);
    expect(places).not.toHaveBeenCalled();
  });

  it('takes the last of two members of one name, as JSON does, and __proto__ for data', () => {
    expect(keep(`{"userId":${LONG},"userId":1}`)).toEqual({ userId: 1 });
    expect(JSON.stringify(keep(`{"__proto__":{"userId":${LONG}},"userId":${LONG}}`))).toBe(
      `{"__proto__":{"userId":12345678901234567000},"userId":"${LONG}"}`,
    );
  });
});
