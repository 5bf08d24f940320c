import { useState } from 'preact/hooks';
import { CallError } from './call-error';

export interface Action<Value> {
  readonly isBusy: boolean;
  readonly result: Value | undefined;
  readonly error: CallError | undefined;
  run(): void;
}

/** A call that a person sets off; a second one waits for the first to end. */
export function useAction<Value>(call: () => Promise<Value>): Action<Value> {
  const [state, setState] = useState<{ isBusy: boolean; result?: Value; error?: CallError }>({ isBusy: false });
  const run = (): void => {
    if (state.isBusy) return;
    setState({ isBusy: true });
    call().then(
      (result) => setState({ isBusy: false, result }),
      (error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        setState({ isBusy: false, error });
      },
    );
  };
  return { isBusy: state.isBusy, result: state.result, error: state.error, run };
}
