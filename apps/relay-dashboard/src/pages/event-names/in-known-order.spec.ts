import { inKnownOrder } from './in-known-order';

describe(inKnownOrder.name, () => {
  const order = (names: readonly string[], known: readonly string[]) =>
    inKnownOrder(
      names.map((name) => ({ name })),
      known,
    ).map(({ name }) => name);

  it('takes the order as it comes at first', () => {
    expect(order(['b', 'a', 'c'], [])).toEqual(['b', 'a', 'c']);
  });

  it('keeps what was in sight where it was, and puts what is new before it', () => {
    expect(order(['new', 'newer', 'c', 'a', 'b'], ['a', 'b', 'gone', 'c'])).toEqual(['new', 'newer', 'a', 'b', 'c']);
  });
});
