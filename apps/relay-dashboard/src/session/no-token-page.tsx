import type { JSX } from 'preact';
import { PageTitle } from '../parts/page-title';
import { CodeBlock } from '../parts/code-block';

/** Says how to switch the dashboard on. */
export function NoTokenPage(): JSX.Element {
  return (
    <main class="narrow">
      <PageTitle title="The dashboard is off" />
      <p>
        This relay has no admin token, so nobody can see what it holds. To switch the dashboard on, start the relay with
        the variable <code>RELAY_ADMIN_TOKEN</code>, a secret that is hard to guess:
      </p>
      <CodeBlock
        label="Commands that set a token"
        title="Terminal"
        text={'export RELAY_ADMIN_TOKEN="$(openssl rand -hex 32)"\nnode dist/apps/relay/main.js'}
      />
      <p>Then load this page again and sign in with that token.</p>
    </main>
  );
}
