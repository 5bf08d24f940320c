import { type Context, Script } from 'node:vm';
import { HANDLER_NAMES, type HandlerName } from './handler-name';

export type Loader = 'wrapper' | 'script';

export type Handler = (input: unknown, settings: unknown) => unknown;

export type Handlers = ReadonlyMap<HandlerName, Handler>;

const HANDLERS_IN_SCOPE = `({ ${HANDLER_NAMES.map((name) => `${name}: typeof ${name} === 'function' ? ${name} : undefined`)} })`;

/** Evaluates the code in the realm and returns its handlers; throws when the code does not load. */
export function loadHandlers(realm: Context, code: string, loader: Loader, limitMs: number): Handlers {
  const evaluate = (source: string): unknown =>
    new Script(source, { filename: 'function.js' }).runInContext(realm, { timeout: limitMs });
  try {
    return handlersOf(evaluateWith(loader, code, evaluate));
  } catch (cause) {
    throw new Error(`the function's code does not load: ${String(cause)}`, { cause });
  }
}

function evaluateWith(loader: Loader, code: string, evaluate: (source: string) => unknown): unknown {
  switch (loader) {
    case 'wrapper':
      return evaluate(wrapped(code));
    case 'script':
      evaluate(code);
      return evaluate(HANDLERS_IN_SCOPE);
  }
}

// `new Function`, not text around the code: no closing bracket in it can end the wrapper early.
function wrapped(code: string): string {
  const body = `${code}\nreturn ${HANDLERS_IN_SCOPE};\n//# sourceURL=function.js`;
  return `new Function(${JSON.stringify(HANDLER_NAMES.join(','))}, ${JSON.stringify(body)})()`;
}

function handlersOf(exposed: unknown): Handlers {
  const found = exposed as Readonly<Partial<Record<HandlerName, Handler>>>;
  return new Map(
    HANDLER_NAMES.flatMap((name) => {
      const handler = found[name];
      return handler ? [[name, handler] as const] : [];
    }),
  );
}
