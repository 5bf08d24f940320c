import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { CallError } from './call-error';

export interface Loaded<Value> {
  /** What came last; undefined until something did. */
  readonly value: Value | undefined;
  readonly error: CallError | undefined;
  reload(): void;
}

/** Loads when shown and whenever `key` changes; what belongs to an earlier key is not shown under a later one. */
export function useLoad<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ key: string; value?: Value; error?: CallError }>({ key });
  const latest = useRef({ load, call: 0 });
  latest.current.load = load;

  const reload = useCallback(() => {
    const call = ++latest.current.call;
    const isLatest = (): boolean => latest.current.call === call;
    latest.current.load().then(
      (value) => isLatest() && setState({ key, value }),
      (error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        // What was loaded before stays in sight.
        if (isLatest()) setState((before) => (before.key === key ? { ...before, error } : { key, error }));
      },
    );
  }, [key]);

  useEffect(() => {
    reload();
    return () => {
      latest.current.call += 1;
    };
  }, [reload]);

  const isCurrent = state.key === key;
  return { value: isCurrent ? state.value : undefined, error: isCurrent ? state.error : undefined, reload };
}
