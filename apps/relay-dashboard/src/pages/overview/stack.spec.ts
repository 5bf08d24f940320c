import { stack } from './stack';

describe(stack.name, () => {
  it('puts each list on top of those before it', () => {
    expect(stack([[1, 2], [10, 0], [0, 5]])).toEqual([[1, 2], [11, 2], [11, 7]]); // oxfmt-ignore
  });
});
