import type { UserLeapRequest } from '@segment-userleap/userleap-api';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpService } from './create-http-service';
import { UserLeapClient } from './userleap-client';

describe(UserLeapClient.name, () => {
  let server: Server;
  let calls: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let send: () => ReturnType<UserLeapClient['send']>;
  const ok = (_: IncomingMessage, response: ServerResponse): void => void response.end('yes');
  const close = ({ socket }: IncomingMessage): void => void socket.destroy();

  beforeEach(async () => {
    calls = 0;
    answer = ok;
    server = createServer((request, response) => {
      calls += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = new UserLeapClient(createHttpService());
    const request: UserLeapRequest = {
      kind: 'upsert',
      method: 'POST',
      url: `http://127.0.0.1:${port}/`,
      headers: {},
      body: '{}',
    };
    send = () => client.send(request);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends once more, on a connection of its own, where one that was idle is closed as it is used', async () => {
    await send();
    // The next request finds the connection closed.
    answer = (request, response) => (request.headers.connection === 'close' ? ok(request, response) : close(request));
    expect(await send()).toMatchObject({ status: 200, body: 'yes' });
    expect(calls).toBe(3);
  });

  it('does so once', async () => {
    await send();
    answer = close;
    expect(await send()).toEqual({ failure: 'network_failure' });
    expect(calls).toBe(3);
  });

  it('does not where a new connection is closed', async () => {
    answer = close;
    expect(await send()).toEqual({ failure: 'network_failure' });
    expect(calls).toBe(1);
  });
});
