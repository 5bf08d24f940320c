declare module 'fastify' {
  interface FastifySchema {
    /** A file of a page. */
    readonly hide?: boolean;
  }
}

interface Route {
  readonly method: string;
  readonly path: string;
  /** Nobody calls it by hand. */
  readonly isHidden: boolean;
}

/**
 * The addresses that the relay answers at, gathered as controllers and pages make them known to fastify: for what a wrong
 * call is told, and nothing else. How an address finds its route is in `router-options.ts`.
 */
export class KnownRoutes {
  readonly #routes: Route[] = [];

  /** `schema` as fastify has it: one with `hide` keeps the address from people. */
  add(method: string | readonly string[], path: string, schema: { readonly hide?: boolean } = {}): void {
    // Fastify answers HEAD wherever there is a GET; the star is where everything else ends.
    const methods = [method].flat().filter((one) => one !== 'HEAD' && one !== 'OPTIONS');
    const isHidden = schema.hide === true;
    if (!path.includes('*')) this.#routes.push(...methods.map((one) => ({ method: one, path, isHidden })));
  }

  /** The methods that an address knows; none where there is nothing at it. */
  methodsAt(path: string): readonly string[] {
    return [...new Set(this.#routes.filter((route) => matches(route.path, path)).map(({ method }) => method))];
  }

  /** Those for a person: `POST /v1/track, …`. */
  describe(): string {
    const shown = this.#routes.filter(({ isHidden }) => !isHidden);
    return shown.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).join(', ');
  }
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}
