import { request as requestOverHttp } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { RequestTimeout } from './request-timeout';

/** The way out is closed: the proxy cannot be reached, or lets nobody through. It says so of itself, not of UserLeap. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
}

/**
 * Connects through a proxy, by CONNECT; what is said through it is encrypted from end to end, and the certificate is the
 * server's. `timeoutMs`: for each of both steps.
 */
export function proxyConnector(proxy: URL, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs });
  return (options, callback) => {
    const place = `${options.hostname}:${options.port || (options.protocol === 'https:' ? 443 : 80)}`;
    openTunnel(proxy, place, timeoutMs).then(
      (httpSocket) => connect({ ...options, httpSocket }, callback),
      (error: Error) => callback(error, null),
    );
  };
}

function openTunnel(proxy: URL, place: string, timeoutMs: number): Promise<Socket> {
  const request = proxy.protocol === 'https:' ? requestOverTls : requestOverHttp;
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new ProxyFailure(`the proxy ${proxy.host} ${why}`));
    const call = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: place,
      headers: { host: place, ...authorization(proxy) },
      agent: false,
    });
    const timer = setTimeout(() => {
      call.destroy();
      reject(new RequestTimeout(`the proxy ${proxy.host} did not answer in time`));
    }, timeoutMs);
    call.on('close', () => clearTimeout(timer));
    call.on('error', (error: NodeJS.ErrnoException) => fail(`could not be reached (${error.code ?? error.name})`));
    call.on('connect', ({ statusCode = 0 }, socket) => {
      clearTimeout(timer);
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      fail(`answered ${statusCode} to CONNECT`);
    });
    call.end();
  });
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
