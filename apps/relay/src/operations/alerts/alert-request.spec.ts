import type { Alert } from './alert';
import { alertRequest } from './alert-request';

const ALERT: Alert = { kind: 'resumed', destination: 'here', text: 'It goes on.' };
const AT = { relay: 'staging', at: Date.UTC(2026, 10, 29), secret: undefined };

describe(alertRequest.name, () => {
  it('holds what happened, where and when', () => {
    const { body, headers } = alertRequest(ALERT, { ...AT, url: 'https://alerts.example/x' });
    expect(JSON.parse(body)).toEqual({ ...ALERT, relay: 'staging', at: '2026-11-29T00:00:00.000Z' });
    expect(headers).toEqual({ 'content-type': 'application/json' });
  });

  it('is a text alone for Slack, which names the relay', () => {
    const { body } = alertRequest(ALERT, { ...AT, url: 'https://hooks.slack.com/services/x' });
    expect(JSON.parse(body)).toEqual({ text: 'staging: It goes on.' });
  });

  it('is signed where there is a secret', () => {
    const { headers } = alertRequest(ALERT, { ...AT, secret: 'a long secret', url: 'https://alerts.example/x' });
    expect(headers['x-relay-signature']).toMatch(/^sha256=[\da-f]{64}$/);
  });
});
