import type { Ending } from './hostile-case';

/** A request before it is written, to be twisted. */
export interface Draft {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Buffer;
}

/** What goes over the connection. */
export interface Wire {
  readonly bytes: Buffer;
  readonly ending: Ending;
}

/** The request as it should be written. */
export function toBytes(draft: Draft): Buffer {
  return Buffer.concat([toHead(draft, [['Content-Length', String(draft.body.length)]]), draft.body]);
}

/** Up to and with the empty line. */
export function toHead({ method, target, headers }: Draft, more: readonly (readonly [string, string])[]): Buffer {
  const lines = [...headers, ...more].map(([name, value]) => `${name}: ${value}\r\n`);
  // Byte by byte: a header may hold what is no ASCII.
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
}
