import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = '<!doctype html><meta charset="utf-8"><title>Shop</title><script src="sdk.js"></script>';

/** A web site, with a page for each snippet that makes `analytics` of it. */
export class Site {
  private constructor(private readonly server: Server) {}

  /** `codes`: by the name of the page; `shared`: scripts for any page, by their file's name. */
  static async start(
    codes: Readonly<Record<string, string>>,
    shared: Readonly<Record<string, string>> = {},
  ): Promise<Site> {
    const scripts = new Map(
      await Promise.all(Object.entries(codes).map(async ([name, code]) => [name, await bundle(code)] as const)),
    );
    const server = createServer((request, response) => {
      const [, name = '', file = ''] = request.url?.split('/') ?? [];
      const script = file === 'sdk.js' ? scripts.get(name) : shared[name];
      if (script !== undefined) response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script);
      else if (!scripts.has(name)) response.writeHead(204).end();
      else response.setHeader('content-type', 'text/html').end(PAGE);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Site(server);
  }

  /** The address of a page. */
  page(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}/`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `${code}\nglobalThis.analytics = analytics;`, resolveDir: __dirname },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    // What bundlers for the web stand in for.
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
