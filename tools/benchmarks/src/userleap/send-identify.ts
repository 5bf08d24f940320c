import { Agent, request } from 'node:http';
import type { Identify } from './identify-of';

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** The request that one writes by hand, on a connection that is kept. Rejects where it is not accepted. */
export function sendIdentify({ userId, traits }: Identify, userLeap: string): Promise<void> {
  const { email, ...others } = traits;
  const attributes = Object.fromEntries(Object.entries(others).filter(([, value]) => typeof value !== 'object'));
  const body = JSON.stringify({ userId, emailAddress: email, attributes });
  const headers = {
    authorization: 'API-Key benchmarks',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${userLeap}/v2/users`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`UserLeap answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}
