import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identify } from '../userleap/identify-of';
import { sendIdentify } from '../userleap/send-identify';
import { textOf } from '../userleap/text-of';

// The least that forwards: it keeps nothing, and answers first.
const { USERLEAP = '' } = process.env;
const ANSWER = '{"success":true}';
const HEADERS = { 'content-type': 'application/json', 'content-length': ANSWER.length };

const server = createServer((request, response) => {
  void textOf(request).then((text) => {
    response.writeHead(200, HEADERS).end(ANSWER);
    return sendIdentify(JSON.parse(text) as Identify, USERLEAP);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
