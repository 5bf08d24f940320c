// What Segment puts into a Destination Function's global scope, as far as this function uses it
// (Segment docs: Destination Functions, 2026). Only what is certain to be there is declared as present.

interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal?: unknown;
}

type ErrorClass = new (message: string) => Error;

declare global {
  /** node-fetch 2: no `AbortSignal.timeout`, no streams. */
  function fetch(url: string, options: FetchOptions): Promise<FetchResponse>;
  function setTimeout(callback: () => void, milliseconds: number): unknown;
  function clearTimeout(timer: unknown): void;
  const console: { log(line: string): void };
  /** In this process only; may forget at any time. A loader that rejects is not remembered. */
  const cache: {
    load(key: string, ttlMs: number, loader: () => Promise<unknown>): Promise<unknown>;
    delete(key: string): unknown;
  };
  /** May be missing. */
  const AbortController: (new () => { readonly signal: unknown; abort(): void }) | undefined;

  /** Looked for before it is used: without it events would be discarded. */
  const RetryError: ErrorClass | undefined;
  const EventNotSupported: ErrorClass;
  const InvalidEventPayload: ErrorClass;
  const ValidationError: ErrorClass;
}

export {};
