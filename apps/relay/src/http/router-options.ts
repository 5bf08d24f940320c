/**
 * Which address is a route's, for all routes alike: a controller's path cannot say it, as Nest cuts the slash at its end.
 * `KnownRoutes` compares in the same way, to tell 405 from 404.
 */
export const ROUTER_OPTIONS = { caseSensitive: true, ignoreTrailingSlash: false };

/** The path in an address: it may come with a host in front, or as the star that `OPTIONS` knows. */
export function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}
