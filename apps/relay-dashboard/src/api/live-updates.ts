import { pathTo } from './path-to';
import type { LiveEvent, Overview } from './admin-api';

const RETRY_MS = 3_000;

export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  onState(state: LiveState): void;
  onOverview(overview: Overview): void;
  /** Events that were accepted or changed their state. */
  onEvents(ids: readonly number[]): void;
  /** The relay refuses to go on: the session may have ended. */
  onRefused(): void;
}

/** Listens to `GET /api/live` until the function that it returns is called; connects again by itself. */
export function listenLive(listener: LiveListener): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const connect = (): void => {
    source = new EventSource(pathTo('api/live'));
    source.addEventListener('open', () => listener.onState('live'));
    hear(source, 'overview', (overview) => listener.onOverview(overview));
    hear(source, 'events', ({ ids }) => listener.onEvents(ids));
    source.addEventListener('error', () => {
      listener.onState('lost');
      // The browser connects again by itself after a lost connection, not after an answer that is no stream.
      if (source.readyState !== EventSource.CLOSED) return;
      listener.onRefused();
      retry = setTimeout(connect, RETRY_MS);
    });
  };

  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

function hear<Name extends LiveEvent['event']>(
  source: EventSource,
  name: Name,
  callback: (data: Extract<LiveEvent, { event: Name }>['data']) => void,
): void {
  source.addEventListener(name, ({ data }: MessageEvent<string>) => callback(JSON.parse(data)));
}
