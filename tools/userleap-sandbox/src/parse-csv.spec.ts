import { parseCsv } from './parse-csv';

describe(parseCsv.name, () => {
  it.each<[string, string[][]]>([
    ['', []],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,\r\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a\n\nb\n', [['a'], ['b']]],
    ['"a ""x"", b","c\nd"\n', [['a "x", b', 'c\nd']]],
    [',\n', [['', '']]],
  ])('reads %j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  it.each(['"a', 'a"b', '"a"b'])('refuses %j', (text) => {
    expect(parseCsv(text)).toBeUndefined();
  });
});
