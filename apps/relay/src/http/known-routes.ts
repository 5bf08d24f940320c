interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * The addresses that the relay answers at, gathered as controllers and pages make them known to fastify: for what a wrong
 * call is told, and nothing else. How an address finds its route is in `router-options.ts`.
 */
export class KnownRoutes {
  readonly #routes: Route[] = [];

  add(method: string | readonly string[], path: string): void {
    // Fastify answers HEAD wherever there is a GET; the star is where everything else ends.
    const methods = [method].flat().filter((one) => one !== 'HEAD' && one !== 'OPTIONS');
    if (!path.includes('*')) this.#routes.push(...methods.map((one) => ({ method: one, path })));
  }

  /** The methods that an address knows; none where there is nothing at it. */
  methodsAt(path: string): readonly string[] {
    return [...new Set(this.#routes.filter((route) => matches(route.path, path)).map(({ method }) => method))];
  }
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}
