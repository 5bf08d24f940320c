import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CallError } from './call-error';

export interface Loaded<Value> {
  /** What came last; undefined until something did. */
  readonly value: Value | undefined;
  readonly error: CallError | undefined;
  /** Loads again; where that is being done already, once more after it. */
  reload(): void;
}

interface State<Value> {
  readonly key: string;
  readonly value?: Value | undefined;
  readonly error?: CallError;
}

/**
 * Loads when shown, and again whenever `version` changes. What was loaded stays in sight meanwhile; what belongs to one
 * `key` is not shown under another.
 */
export function useLoad<Value>(key: string, load: () => Promise<Value>, version?: unknown): Loaded<Value> {
  const [state, setState] = useState<State<Value>>({ key });
  const latestLoad = useRef(load);
  latestLoad.current = load;
  const turn = useMemo(() => ({ isOver: false, isLoading: false, isAskedAgain: false }), [key]);

  const reload = useCallback((): void => {
    turn.isAskedAgain = turn.isLoading;
    if (turn.isLoading) return;
    turn.isLoading = true;
    const end = (change: (before: State<Value>) => State<Value>): void => {
      turn.isLoading = false;
      if (turn.isOver) return;
      setState(change);
      if (turn.isAskedAgain) reload();
    };
    (latestLoad.current as () => Promise<Value>)().then(
      (value) => end(() => ({ key, value })),
      (error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        end((before) => (before.key === key ? { ...before, error } : { key, error }));
      },
    );
  }, [turn]);

  useEffect(reload, [reload, version]);
  useEffect(() => () => void (turn.isOver = true), [turn]);

  const isCurrent = state.key === key;
  return { value: isCurrent ? state.value : undefined, error: isCurrent ? state.error : undefined, reload };
}
