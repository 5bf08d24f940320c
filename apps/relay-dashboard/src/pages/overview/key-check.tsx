import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useAction } from '../../api/use-action';
import { CallProblem } from '../../parts/call-problem';

/** A button that asks UserLeap whether it takes a destination's key, and the answer. */
export function KeyCheck({ name }: { readonly name: string }): JSX.Element {
  const api = useApi();
  const { run, isBusy, result, error } = useAction(() => api.checkKey(name));
  return (
    <div class="key-check">
      <button type="button" disabled={isBusy} onClick={run}>
        {isBusy ? 'Checking…' : 'Check the key'} <span class="only-read">of {name}</span>
      </button>
      <span role="status" class={result?.ok === false ? 'problem' : 'quiet'}>
        {result?.message}
      </span>
      {error && <CallProblem error={error} />}
    </div>
  );
}
