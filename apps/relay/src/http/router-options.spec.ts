import { addressBelow, addressOf } from './router-options';

describe(addressOf.name, () => {
  it.each([
    ['/v1/batch', '/v1/batch'],
    ['/v1/import/', '/v1/import'],
    ['//v1/batch', '/v1/batch'],
    ['///v1//batch//', '/v1/batch'],
    ['/', '/'],
    ['//', '/'],
    ['*', '/*'],
    ['http://relay.example/v1/batch/', '/v1/batch'],
    ['HTTPS://relay.example', '/'],
    ['http://relay.example?a=1', '/?a=1'],
    ['/beacon/v1/batch/?writeKey=a//b/?c/', '/beacon/v1/batch?writeKey=a//b/?c/'],
  ])('reads %s as %s', (url, address) => {
    expect(addressOf(url)).toBe(address);
  });
});

describe(addressBelow.name, () => {
  it.each([
    ['/relay/v1/track', '/v1/track'],
    ['//relay//v1/track/', '/v1/track'],
    ['/relay/', '/'],
    ['/relay/?a=1', '/?a=1'],
    ['/relay', '/.folder'],
    ['/relay?a=1', '/.folder?a=1'],
    ['/v1/track', '/v1/track'],
    ['/relayed/v1', '/relayed/v1'],
    ['/', '/'],
  ])('reads %s below /relay as %s', (url, expected) => {
    expect(addressBelow('/relay', url)).toBe(expected);
  });

  it('takes nothing away at the root', () => {
    expect(addressBelow('', '/relay/v1')).toBe('/relay/v1');
  });
});
