import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAction } from '../api/use-action';
import { CallProblem } from '../parts/call-problem';
import { Field } from '../parts/field';
import { PageTitle } from '../parts/page-title';

interface Props {
  /** Why the reader is asked. */
  readonly notice: string | undefined;
  signIn(token: string): Promise<void>;
}

/** Asks for the admin token. */
export function SignInPage({ notice, signIn }: Props): JSX.Element {
  const [token, setToken] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { run, isBusy, error } = useAction(() => signIn(token.trim()));
  return (
    <main class="narrow">
      <PageTitle title="Sign in" />
      {notice !== undefined && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Field label="Admin token">
          <input
            ref={field}
            type="password"
            name="token"
            autocomplete="current-password"
            required
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </Field>
        {error && <CallProblem error={error} />}
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <p class="hint">
        The token is the value of <code>RELAY_ADMIN_TOKEN</code>, which the relay was started with. Where{' '}
        <code>npm start</code> runs the relay with a sandbox, it prints a link that signs you in.
      </p>
    </main>
  );
}
