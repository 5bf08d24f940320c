import { findMark } from './scan-json';

describe(findMark.name, () => {
  const find = (text: string, kind: string, depth: number): number =>
    findMark(Buffer.from(text), (mark, open) => mark === kind && open === depth);

  it.each([
    ['[1, 2]', 'comma', 1, 2],
    ['[[1, 2], 3]', 'comma', 1, 7],
    ['["a,b", 2]', 'comma', 1, 6],
    ['["a\\",b", 2]', 'comma', 1, 8],
    ['["\\\\", 2]', 'comma', 1, 5],
    ['["é,", 2]', 'comma', 1, 6],
    ['{"a": [{}]}', 'open', 3, 7],
    ['[{"a": "]"}]', 'close', 0, 11],
    ['["open', 'close', 0, -1],
    ['"\\', 'comma', 0, -1],
    ['', 'open', 1, -1],
  ])('finds in %s the first %s with %i open', (text, kind, depth, at) => {
    expect(find(text, kind, depth)).toBe(at);
  });
});
