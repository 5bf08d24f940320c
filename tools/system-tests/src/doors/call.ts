import type { RelayProcess } from '@segment-userleap/relay-driver';

/** What a call differs in from a POST without credentials, content type or content encoding. */
export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and text go as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, undefined where there is no body. */
  readonly body: unknown;
}

/** Calls the relay; resolves with its answer, whatever the status. */
export async function call(
  { url }: Pick<RelayProcess, 'url'>,
  path: string,
  { method = 'POST', headers = {}, body }: CallOptions = {},
): Promise<Answer> {
  const init = body === undefined ? {} : { body: bytesOf(body) };
  const response = await fetch(`${url}${path}`, { method, headers: { ...headers }, ...init });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

// Of text, fetch would announce a content type of its own.
function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
