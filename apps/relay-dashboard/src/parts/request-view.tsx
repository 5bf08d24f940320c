import type { JSX } from 'preact';
import type { PreviewedRequest } from '../api/records';
import { CodeBlock } from './code-block';

/** One request to UserLeap. */
export function RequestView({ request: { method, path, body } }: { readonly request: PreviewedRequest }): JSX.Element {
  const name = `${method} ${path}`;
  const title = <code>{name}</code>;
  if (body === null) return <p class="code-head long">{title}</p>;
  return <CodeBlock label={`Body of ${name}`} title={title} text={JSON.stringify(body, null, 2)} />;
}
