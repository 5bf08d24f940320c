import { createServer, request as httpRequest } from 'node:http';
import type { Agent, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createHttpAgent, createHttpsAgent } from './http-agents';

describe('the agents', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const agents: Agent[] = [];
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.destroy();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  function use<T extends Agent>(agent: T): T {
    agents.push(agent);
    return agent;
  }

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** Resolves with the answer's text; rejects where there is none. */
  function get(send: typeof httpRequest, agent: Agent, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const answered = (response: IncomingMessage): void => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      };
      send({ agent, host: '127.0.0.1', port }, answered).on('error', reject).end();
    });
  }

  describe(createHttpsAgent.name, () => {
    it('gives up a server that never completes the handshake', async () => {
      const port = await listen(createTcpServer());
      await expect(get(httpsRequest, use(createHttpsAgent(50)), port)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      expect(sockets.size).toBe(1);
    });

    it('passes on that a connection is refused, at once', async () => {
      const server = createTcpServer();
      const port = await listen(server);
      await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
      const attempt = get(httpsRequest, use(createHttpsAgent(60_000)), port);
      await expect(attempt).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });
  });

  describe(createHttpAgent.name, () => {
    it('lets an answer come later than a connection may', async () => {
      const server = createServer((_, response) => setTimeout(() => response.end('late'), 150));
      const port = await listen(server);
      expect(await get(httpRequest, use(createHttpAgent(50)), port)).toBe('late');
    });

    it('closes a connection that was idle for a while', async () => {
      const port = await listen(createServer((_, response) => response.end('yes')));
      const agent = use(createHttpAgent(1_000, { idleMs: 20 }));
      await get(httpRequest, agent, port);
      const [socket] = sockets;
      await new Promise((resolve) => socket?.once('close', resolve));
      expect(await get(httpRequest, agent, port)).toBe('yes');
      expect(sockets.size).toBe(2);
    });

    it('does not close it while it is used again', async () => {
      let count = 0;
      const server = createServer(
        (_, response) => void setTimeout(() => response.end('yes'), (count += 1) > 1 ? 150 : 0),
      );
      const port = await listen(server);
      const agent = use(createHttpAgent(1_000, { idleMs: 50 }));
      await get(httpRequest, agent, port);
      expect(await get(httpRequest, agent, port)).toBe('yes');
      expect(sockets.size).toBe(1);
    });

    it('uses a connection again', async () => {
      const port = await listen(createServer((_, response) => response.end('yes')));
      const agent = use(createHttpAgent(1_000));
      for (let count = 0; count < 3; count++) expect(await get(httpRequest, agent, port)).toBe('yes');
      expect(sockets.size).toBe(1);
    });
  });
});
