import { addressOf } from './router-options';

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
