import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = '<!doctype html><meta charset="utf-8"><title>Shop</title><script src="/sdk.js"></script>';

/** A web site with Segment's SDK on its page, as `segment.AnalyticsBrowser`. */
export class PageServer {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<PageServer> {
    const answers = new Map([
      ['/', { type: 'text/html', body: PAGE }],
      ['/sdk.js', { type: 'text/javascript', body: await bundleSdk() }],
    ]);
    const server = createServer((request, response) => {
      const answer = answers.get(request.url?.split('?')[0] ?? '');
      if (answer) response.setHeader('content-type', answer.type).end(answer.body);
      else response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PageServer(server);
  }

  /** The page's origin. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The same page, to a browser of another origin. */
  get otherUrl(): string {
    return `http://localhost:${this.port}`;
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function bundleSdk(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { AnalyticsBrowser } from '@segment/analytics-next'`, resolveDir: __dirname },
    bundle: true,
    format: 'iife',
    globalName: 'segment',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
