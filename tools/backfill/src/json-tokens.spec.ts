import { quoteLongIntegers, shortenJson, writeJson } from './json-tokens';

const LONG = '12345678901234567890';

describe(quoteLongIntegers.name, () => {
  it.each([
    [`{"a":${LONG},"b":[-${LONG} ]}`, `{"a":"${LONG}","b":["-${LONG}" ]}`],
    [`{"a":"\\\\","b":${LONG}}`, `{"a":"\\\\","b":"${LONG}"}`],
  ])('makes text of %s', (json, expected) => {
    expect(quoteLongIntegers(json)).toBe(expected);
  });

  it.each([
    '{"a":1234567890123456}',
    `{"a":"${LONG}","b":"\\"a\\":${LONG},"}`,
    `{"a":0.${LONG},"b":${LONG}.5,"c":${LONG}e3}`,
  ])('leaves %s alone', (json) => {
    expect(quoteLongIntegers(json)).toBe(json);
  });
});

describe(writeJson.name, () => {
  it('writes an exponent where digits are lost, and nowhere else', () => {
    const value = { a: 12345678901234567000, b: -1234567890123456, c: '12345678901234567890', d: 1 };
    expect(writeJson(value)).toBe(
      '{"a":1.2345678901234567e+19,"b":-1234567890123456,"c":"12345678901234567890","d":1}',
    );
    expect(JSON.parse(writeJson(value))).toEqual(value);
  });
});

describe(shortenJson.name, () => {
  it('leaves out space and escapes that nobody needs, and no digit', () => {
    expect(shortenJson(`{ "n\\u00e4me" : "a \\" b",\n "id": ${LONG} }`)).toBe(`{"näme":"a \\" b","id":${LONG}}`);
  });
});
