import type { IncomingMessage } from 'node:http';

const ROUTES = new WeakMap<IncomingMessage, string>();

/** Lets the log say which route a request came to: its address may hold anything. */
export function rememberRoute(request: IncomingMessage, route: string | undefined): void {
  if (route !== undefined) ROUTES.set(request, route);
}

/** The pattern of the request's route; undefined where there is none. */
export function routeOf(request: IncomingMessage): string | undefined {
  return ROUTES.get(request);
}
