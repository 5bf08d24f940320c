import { toCsvLine } from './to-csv';

describe(toCsvLine.name, () => {
  it('puts cells side by side', () => {
    expect(toCsvLine(['a', 1, null, 'b c'])).toBe('a,1,,b c\r\n');
  });

  it('quotes what would end a cell or a line', () => {
    expect(toCsvLine(['a,b', 'say "no"', 'two\nlines'])).toBe('"a,b","say ""no""","two\nlines"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of %j', (text) => {
    expect(toCsvLine([text])).toMatch(/^"?'/);
  });
});
