import type { JSX } from 'preact';
import type { PreviewRequest } from '../api/admin-api';
import { CodeBlock } from './code-block';

/** One request to UserLeap. */
export function RequestView({ request: { method, path, body } }: { readonly request: PreviewRequest }): JSX.Element {
  const name = `${method} ${path}`;
  const title = <code>{name}</code>;
  if (body === null) return <p class="code-head long">{title}</p>;
  return <CodeBlock label={`Body of ${name}`} title={title} text={JSON.stringify(body, null, 2)} />;
}
