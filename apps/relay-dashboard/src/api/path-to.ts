/** A path of the relay, wherever a proxy has put it: the page itself stands at the root of what the relay serves. */
export function pathTo(path: string): string {
  return rootOf(location.pathname) + path;
}

/** The folder that a page stands in, its slash included. */
export function rootOf(pathname: string): string {
  return pathname.slice(0, pathname.lastIndexOf('/') + 1) || '/';
}
