import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arrival, Expected } from './fake-userleap';
import { machineTime } from './machine-time';
import { textOf } from './text-of';

// The least that a UserLeap can do: it notes who came when, and accepts it after a while. The sandbox takes half as much time
// again of the processor that it shares with what is measured, and tells times in whole milliseconds.
const answerMs = Number(process.env.ANSWER_MS);
const ANSWER = 'Accepted';
const HEADERS = { 'content-type': 'text/plain', 'content-length': ANSWER.length };
const arrivals: Arrival[] = [];

const server = createServer((request, response) => {
  const answer = (): void => void response.writeHead(202, HEADERS).end(ANSWER);
  void textOf(request).then((text) => {
    const { userId } = JSON.parse(text) as { userId: string };
    arrivals.push({ userId, at: machineTime() });
    if (answerMs === 0) answer();
    else setTimeout(answer, answerMs);
  });
});

process.on('message', ({ requests }: Expected) => {
  process.send?.(arrivals.length >= requests ? arrivals : null);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
