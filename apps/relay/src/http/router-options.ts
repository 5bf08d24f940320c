/**
 * Which address is a route's, for all routes alike: a controller's path cannot say it, as Nest cuts the slash at its end.
 * `KnownRoutes` compares in the same way, to tell 405 from 404.
 */
export const ROUTER_OPTIONS = { caseSensitive: true, ignoreTrailingSlash: false };

/**
 * An address as all of the relay reads it. It may come with a host in front, or as the star that `OPTIONS` knows. Slashes that are
 * too many in its path are left out: SDKs put their path behind a host that ends with one, or end with one themselves.
 */
export function addressOf(url: string): string {
  const [path = '', ...query] = url.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  const tidy = `/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return [tidy, ...query].join('?');
}

/** What the path itself is read as, without a slash at its end: pages find their files only below it. */
export const FOLDER = '/.folder';

/** The same without the path that the relay is put under; an address that does not begin with it stays as it is. */
export function addressBelow(basePath: string, url: string): string {
  const address = addressOf(url);
  if (basePath === '' || !address.startsWith(basePath)) return address;
  const rest = address.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return /\/(\?|$)/.test(url) ? `/${rest}` : `${FOLDER}${rest}`;
  return rest.startsWith('/') ? rest : address;
}
