import type { JSX } from 'preact';
import type { PreviewRequest } from '../api/admin-api';
import { curlOf } from '../format/curl-of';
import { CodeBlock } from './code-block';
import { CopyButton } from './copy-button';

/** One request to UserLeap. */
export function RequestView({ request: { method, path, body } }: { readonly request: PreviewRequest }): JSX.Element {
  const name = `${method} ${path}`;
  const title = <code>{name}</code>;
  const curl = curlOf({
    method,
    url: `$USERLEAP_ENDPOINT${path}`,
    headers: ['Authorization: API-Key $USERLEAP_API_KEY'],
    ...(body === null ? {} : { body }),
  });
  const copy = <CopyButton text={curl} label="Copy as curl" of={name} />;
  if (body === null) {
    return (
      <p class="code-head long">
        {title} {copy}
      </p>
    );
  }
  return <CodeBlock more={copy} label={`Body of ${name}`} title={title} text={JSON.stringify(body, null, 2)} />;
}
