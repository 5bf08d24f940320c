import { runSnippet } from './run-snippet';

type Message = Readonly<Record<string, unknown>>;
type Done = (error?: unknown) => void;
type CallName = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias';

/** What SDKs for servers have in common. */
export type ServerSdk = Readonly<Record<CallName, (message: Message, done: Done) => unknown>> & {
  flush?(done: Done): unknown;
  /** Of the younger ones. */
  closeAndFlush?(): Promise<unknown>;
};

/** An SDK for servers, in this process, as a snippet makes it. */
export function serverSdk(code: string): ServerSdk {
  return runSnippet(code) as ServerSdk;
}

/** Sends what waits. Not every SDK can be used again. */
export function flush(sdk: ServerSdk): void {
  if (sdk.closeAndFlush) void sdk.closeAndFlush();
  else sdk.flush?.(() => undefined);
}
