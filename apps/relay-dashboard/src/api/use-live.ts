import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { useApi } from './api-context';
import { CallError } from './call-error';
import { listenLive } from './live-updates';
import type { LiveState } from './live-updates';
import type { Overview } from './admin-api';

const MINUTE_MS = 60_000;

export interface Live {
  readonly state: LiveState;
  /** A person has stopped the page from changing by itself. */
  readonly isHeld: boolean;
  readonly overview: Overview | undefined;
  /** Why there is no overview. */
  readonly error: CallError | undefined;
  hold(isHeld: boolean): void;
  /** Reads the overview now. */
  refresh(): void;
  /** Calls back with the ids of events that changed, until the function that it returns is called. */
  onEvents(callback: (ids: readonly number[]) => void): () => void;
}

/** The relay's state as it changes. `onRefused` is called where the stream ended for good. */
export function useLiveSource(onRefused: () => void): Live {
  const api = useApi();
  const [state, setState] = useState<LiveState>('connecting');
  const [isHeld, setHeld] = useState(false);
  const [overview, setOverview] = useState<Overview>();
  const [error, setError] = useState<CallError>();
  const callbacks = useRef(new Set<(ids: readonly number[]) => void>()).current;

  const refresh = useCallback(() => {
    api.overview().then(
      (latest) => {
        setOverview(latest);
        setError(undefined);
      },
      (reason: unknown) => reason instanceof CallError && setError(reason),
    );
  }, [api]);

  useEffect(refresh, [refresh]);
  useEffect(() => {
    if (isHeld) return undefined;
    // Minutes pass where nothing happens, too.
    const timer = setInterval(refresh, MINUTE_MS);
    return () => clearInterval(timer);
  }, [isHeld, refresh]);
  useEffect(() => {
    if (isHeld) return undefined;
    return listenLive({
      onState: setState,
      onRefused,
      onOverview: (latest) => {
        setOverview(latest);
        setError(undefined);
      },
      onEvents: (ids) => callbacks.forEach((callback) => callback(ids)),
    });
  }, [isHeld]);

  const onEvents = useCallback((callback: (ids: readonly number[]) => void) => {
    callbacks.add(callback);
    return () => void callbacks.delete(callback);
  }, []);

  return { state, isHeld, overview, error, hold: setHeld, refresh, onEvents };
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('LiveContext is missing');
  return live;
}
