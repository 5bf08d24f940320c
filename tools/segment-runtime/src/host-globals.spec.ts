import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consoleOf } from '../test/console-of';
import { hostGlobals } from './host-globals';

describe(hostGlobals.name, () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        response.writeHead(202, { 'x-method': request.method }).end(Buffer.concat(body));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(() => new Promise((closed) => server.close(closed)));

  it('lets the code fetch', async () => {
    const body = `
      const response = await fetch(event.url, { method: 'POST', body: JSON.stringify({ a: 1 }) });
      console.log(response.status, response.headers.get('X-Method'), await response.text());`;
    expect(await consoleOf(body, {}, { url })).toEqual(['202 POST {"a":1}']);
  });

  it('has the fetch of node-fetch 2, whose bodies are streams of Node', async () => {
    const body =
      'const response = await fetch(event.url); console.log(typeof response.body.pipe, typeof fetch.isRedirect);';
    expect(await consoleOf(body, {}, { url })).toEqual(['function function']);
  });
});
