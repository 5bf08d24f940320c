import { createHmac } from 'node:crypto';
import type { RelayConfig } from '../../config/relay-config';
import type { Alert } from './alert';

type AlertAddress = NonNullable<RelayConfig['alert']>;

const SLACK = 'hooks.slack.com';

/** The body and headers of the POST that tells of an alert; signed where there is a secret. */
export function alertRequest(
  alert: Alert,
  { url, secret, relay, at }: AlertAddress & { readonly relay: string; readonly at: number },
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const text = `${relay}: ${alert.text}`;
  // It takes `text`, and may refuse what it does not know.
  const content = new URL(url).hostname === SLACK ? { text } : { ...alert, relay, at: new Date(at).toISOString() };
  const body = JSON.stringify(content);
  const signature = secret === undefined ? undefined : createHmac('sha256', secret).update(body).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'x-relay-signature': `sha256=${signature}` }),
    },
  };
}
