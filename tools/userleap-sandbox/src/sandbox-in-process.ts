import { controlsOf, type SandboxControls } from './sandbox-controls';
import { resolveOptions, type SandboxOptions } from './sandbox-options';
import { SandboxState } from './sandbox-state';
import { serveCall } from './serve-call';
import { mostBytesOf, toCall } from './to-call';

/** A stand-in for UserLeap without a socket: requests are handed to it by calls. */
export interface SandboxInProcess extends SandboxControls {
  /** Where requests have to go: no such host exists. */
  url: string;
  /** What is answered, names of headers in lower case; undefined where a fault breaks the connection off. */
  exchange(request: RequestInProcess): Promise<ReplyInProcess | undefined>;
}

export interface RequestInProcess {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ReplyInProcess {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The same sandbox as `startSandbox` starts, for whoever plays thousands of cases: it opens nothing and ends by itself. */
export function sandboxInProcess(options: Omit<SandboxOptions, 'host' | 'port'> = {}): SandboxInProcess {
  const state = new SandboxState(resolveOptions(options));
  return {
    url: 'https://userleap.invalid',
    ...controlsOf(state),
    exchange: ({ method, url, headers, body = '' }) =>
      new Promise((resolve) => {
        const { pathname, search } = new URL(url);
        const isTooLarge = Buffer.byteLength(body) > mostBytesOf(pathname);
        const call = toCall({ method, target: pathname + search, headers: inLowerCase(headers), body, isTooLarge });
        serveCall(state, call, {
          send(answer, { delayMs, hang, reset, truncate }, onStatus) {
            if (delayMs || hang || truncate) throw new Error('such a fault needs a socket');
            if (reset) return resolve(undefined);
            onStatus(answer.status);
            resolve({ ...answer, headers: inLowerCase(answer.headers) });
          },
          onClose: () => undefined,
        });
      }),
  };
}

function inLowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
