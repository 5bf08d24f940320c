import { KnownRoutes } from './known-routes';

describe(KnownRoutes.name, () => {
  const routes = new KnownRoutes();
  routes.add('POST', '/webhooks/:name');
  routes.add(['GET', 'HEAD'], '/events');
  routes.add('DELETE', '/events');
  routes.add('OPTIONS', '*');
  routes.add('GET', '/page.css', { hide: true });

  it.each([
    ['/webhooks/eu', ['POST']],
    ['/events', ['GET', 'DELETE']],
    ['/page.css', ['GET']],
    ['/webhooks', []],
    ['/webhooks/eu/more', []],
    ['/else', []],
  ])('knows the methods at %s', (path, methods) => {
    expect(routes.methodsAt(path)).toEqual(methods);
  });

  it('names every address for a person, but no file of a page', () => {
    expect(routes.describe()).toBe('POST /webhooks/{name}, GET /events, DELETE /events');
  });
});
