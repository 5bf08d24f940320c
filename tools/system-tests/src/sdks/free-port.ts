import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems hand out by themselves: while a relay is down, no outgoing connection may get its port.
const LOWEST = 20_000;
const COUNT = 10_000;

/** A port of loopback that nothing listens on, for a server that is to come back where it was. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen(port, '127.0.0.1');
    await listening;
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
