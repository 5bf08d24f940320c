import { readJson } from './parse-json';

const listOf = (count: number): Buffer => Buffer.from(`[${Array.from({ length: count }, () => '{}').join()}]`);

describe(readJson.name, () => {
  it('reads a body of many values', () => {
    // Each object counts twice: by its bracket, and by its comma.
    expect(readJson(listOf(249_999)).value).toHaveLength(249_999);
  });

  it('refuses with 413 what would take a hundred times its size in memory', () => {
    const read = (): unknown => readJson(listOf(250_001));
    expect(read).toThrow('body: expected at most 500000 values');
    expect(read).toThrow(expect.objectContaining({ status: 413 }));
  });

  it('counts no value in a string', () => {
    const text = ',{'.repeat(600_000);
    expect(readJson(Buffer.from(JSON.stringify(text))).value).toBe(text);
  });

  it('refuses with 400 what is nested too deep, however many values follow', () => {
    const read = (): unknown => readJson(Buffer.from('['.repeat(600_000)));
    expect(read).toThrow('body: expected at most 1000 levels of nesting');
    expect(read).toThrow(expect.objectContaining({ status: 400 }));
  });
});
