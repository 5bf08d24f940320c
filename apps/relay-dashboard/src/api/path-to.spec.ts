import { rootOf } from './path-to';

describe(rootOf.name, () => {
  it.each([
    ['/', '/'],
    ['/relay/', '/relay/'],
    ['/relay/index.html', '/relay/'],
    ['/tools/relay/', '/tools/relay/'],
    ['', '/'],
  ])('of %j is %j', (pathname, expected) => {
    expect(rootOf(pathname)).toBe(expected);
  });
});
