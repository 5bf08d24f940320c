import type { Demo } from './start-demo';

/** What a new user is told: where everything is, and lines to paste. */
export function describeDemo({ sandbox, env, loginCode }: Demo, relayUrl: string, needsWriteKey: boolean): string {
  const credentials = needsWriteKey ? ` -u "\${RELAY_WRITE_KEY%%,*}:"` : '';
  return `
The relay listens on ${relayUrl}
USERLEAP_API_KEY is not set: it delivers to a UserLeap sandbox on this machine, ${sandbox.url}

Open the dashboard (this link signs in once, within ten minutes; after that with the token ${env.RELAY_ADMIN_TOKEN ?? ''}):
  ${relayUrl}/#login=${loginCode}

Send an event:
  curl${credentials} ${relayUrl}/v1/identify -H 'Content-Type: application/json' -d '{"userId": "userId123", "traits": {"firstName": "Laura", "lastName": "Gibbon"}}'

See what reached the sandbox:
  curl ${sandbox.url}/__sandbox/users
  curl ${sandbox.url}/__sandbox/requests

See what became of every event:
  curl -H 'Authorization: Bearer ${env.RELAY_ADMIN_TOKEN ?? ''}' ${relayUrl}/api/events
`;
}
