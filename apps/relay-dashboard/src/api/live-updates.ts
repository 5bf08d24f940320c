import type { Overview } from './records';

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
    source = new EventSource('/api/live');
    source.addEventListener('open', () => listener.onState('live'));
    source.addEventListener('overview', ({ data }: MessageEvent<string>) =>
      listener.onOverview(JSON.parse(data) as Overview),
    );
    source.addEventListener('events', ({ data }: MessageEvent<string>) =>
      listener.onEvents((JSON.parse(data) as { ids: readonly number[] }).ids),
    );
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
