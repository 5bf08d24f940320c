import { Agent, request } from 'node:http';
import { identifiesOf } from '../userleap/identify-of';
import type { Identify } from '../userleap/identify-of';
import { machineTime } from '../userleap/machine-time';

/** Makes so many single calls, whatever the answers take. Resolves with when the call of each user was answered with a 2xx. */
export async function sendEvenly(
  url: string,
  { calls, everyMs }: { calls: number; everyMs: number },
): Promise<ReadonlyMap<string, number>> {
  const agent = new Agent({ keepAlive: true });
  const answeredAt = new Map<string, number>();
  const start = performance.now();
  const pending: Promise<void>[] = [];
  for (const [index, event] of identifiesOf(calls).entries()) {
    await new Promise((resolve) => setTimeout(resolve, start + index * everyMs - performance.now()));
    pending.push(identify(url, agent, event).then((at) => void answeredAt.set(event.userId, at)));
  }
  await Promise.all(pending);
  agent.destroy();
  return answeredAt;
}

function identify(url: string, agent: Agent, event: Identify): Promise<number> {
  const body = JSON.stringify(event);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const call = request(`${url}/v1/identify`, { method: 'POST', agent, headers }, (response) => {
      const at = machineTime();
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve(at);
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    call.once('error', reject).end(body);
  });
}
