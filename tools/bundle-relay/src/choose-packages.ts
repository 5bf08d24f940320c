import type { Plugin } from 'esbuild';

/** Native code cannot be in the bundle: this package, with those that it needs, stands beside it. */
export const OUTSIDE = ['better-sqlite3'];

/** Nothing but an error when it is asked for, as if it were not installed: whoever asks can do without. */
const ABSENT = [
  // Nest: kinds of applications that the relay is none of, pipes and interceptors that it does not use.
  '@nestjs/microservices',
  '@nestjs/websockets',
  '@nestjs/platform-express',
  'class-transformer',
  '@fastify/view',
  // Terminus: the description of a decorator that the relay does not use, databases whose health it could ask for.
  '@nestjs/swagger',
  '@mikro-orm/core',
  '@nestjs/mongoose',
  '@nestjs/sequelize',
  '@nestjs/typeorm',
  // Fastify: requests without a socket, for tests.
  'light-my-request',
  'pg-native',
  'pino-pretty',
];

/** In place of a package: all of it that the relay needs. */
const REPLACED: Readonly<Record<string, string>> = {
  // Bodies are read and answers written by the relay: no route has a schema.
  '@fastify/ajv-compiler': REFUSE_SCHEMAS('validator'),
  '@fastify/fast-json-stringify-compiler': REFUSE_SCHEMAS('serializer'),
  // Axios has it, and fastify: the relay speaks HTTP/1.1.
  http2: '',
  'node:http2': '',
  // @fastify/static has it for folders; the relay serves files one by one.
  glob: '',
  // Terminus: a frame around an error about a missing package, and the space on a disk, which nobody asks for.
  boxen: '',
  'check-disk-space': '',
  // Axios asks whether what it sends is a form.
  'form-data': 'module.exports = class FormData {};',
  // prom-client: asked for traces, with exemplars alone.
  '@opentelemetry/api': '',
  // Its connections alone, not `fetch` and all that belongs to it.
  undici: `
    exports.Client = require('undici/lib/dispatcher/client');
    exports.buildConnector = require('undici/lib/core/connect');`,
  // The names of files that web pages are made of.
  mime: "module.exports = require('mime/lite');",
  // A limiter for every database; the relay counts in memory.
  'rate-limiter-flexible': `
    exports.RateLimiterMemory = require('rate-limiter-flexible/lib/RateLimiterMemory');
    exports.RateLimiterRes = require('rate-limiter-flexible/lib/RateLimiterRes');`,
};

function REFUSE_SCHEMAS(kind: string): string {
  return `module.exports = () => () => { throw new Error('a route has a schema, but the bundle has no ${kind}'); };`;
}

/** Which packages are in the bundle. */
export function choosePackages(workspace: string): Plugin {
  const exactly = (names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})(?:/|$)`);
  return {
    name: 'choose-packages',
    setup(build) {
      build.onResolve({ filter: exactly(ABSENT) }, ({ path }) => ({ path, namespace: 'absent' }));
      build.onLoad({ filter: /^/, namespace: 'absent' }, ({ path }) => ({
        contents: `throw Object.assign(new Error("Cannot find module '${path}'"), { code: 'MODULE_NOT_FOUND' });`,
      }));
      const replaced = new RegExp(`^(?:${Object.keys(REPLACED).join('|')})$`);
      build.onResolve({ filter: replaced }, ({ path }) => ({ path, namespace: 'replaced' }));
      build.onLoad({ filter: /^/, namespace: 'replaced' }, ({ path }) => ({
        contents: REPLACED[path] ?? '',
        resolveDir: workspace,
      }));
    },
  };
}
