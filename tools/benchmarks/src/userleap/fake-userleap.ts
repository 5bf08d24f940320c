import { startServer, until } from '@segment-userleap/relay-driver';
import { join } from 'node:path';

/** A request that was received whole. */
export interface Arrival {
  readonly userId: string;
  /** See `machineTime`. */
  readonly at: number;
}

/** What the server's process is asked for: its arrivals, once there are so many. */
export interface Expected {
  readonly requests: number;
}

/** A UserLeap that accepts everything, in a process of its own. */
export interface FakeUserLeap {
  readonly url: string;
  /** Resolves with all requests so far, the oldest first, once there are at least so many. */
  arrivals(expected: Expected, seconds: number): Promise<readonly Arrival[]>;
  end(): Promise<unknown>;
}

/** `answerMs`: how long each of its answers takes. */
export async function startFakeUserLeap(answerMs: number): Promise<FakeUserLeap> {
  const server = await startServer(join(__dirname, 'fake-userleap-server.js'), { ANSWER_MS: String(answerMs) });
  return {
    url: server.url,
    arrivals: (expected, seconds) =>
      until(
        `${expected.requests} requests at UserLeap`,
        async () => ((await server.ask(expected)) as readonly Arrival[] | null) ?? undefined,
        seconds,
      ),
    end: () => server.end('SIGTERM'),
  };
}
