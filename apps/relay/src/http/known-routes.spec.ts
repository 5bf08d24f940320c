import { KnownRoutes } from './known-routes';

describe(KnownRoutes.name, () => {
  const routes = new KnownRoutes();
  routes.add('POST', '/webhooks/:name');
  routes.add(['GET', 'HEAD'], '/events');
  routes.add('DELETE', '/events');
  routes.add('OPTIONS', '*');
  routes.add('GET', '/page.css');

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
});
