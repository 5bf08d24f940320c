import { createServer, connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { connectionsTo } from './connection-to';
import { isPooled } from './is-pooled';

// A message of the server's that says which of its processes answers (PostgreSQL documentation, Message Formats).
const BACKEND_KEY_DATA = Buffer.from('K\0\0\0\x0c', 'latin1');

describeOnPostgres(isPooled.name, (createSchema) => {
  it('tells one who gives out numbers of its own from the database', async () => {
    const schema = await createSchema();
    const { hostname, port } = new URL(schema.url);
    const pooler = await listen(
      (chunk) => {
        const at = chunk.indexOf(BACKEND_KEY_DATA);
        if (at >= 0) chunk.writeInt32BE(1, at + BACKEND_KEY_DATA.length);
        return chunk;
      },
      { host: hostname, port: Number(port) },
    );
    const through = new URL(schema.url);
    through.port = String((pooler.address() as AddressInfo).port);
    expect(await isPooled(connectionsTo({ url: schema.url }))).toBe(false);
    expect(await isPooled(connectionsTo({ url: through.href }))).toBe(true);
    await new Promise((resolve) => pooler.close(resolve));
    expect(await isPooled(connectionsTo({ url: through.href }))).toBe(false);
    await schema.remove();
  });
});

/** Hands on what both sides say; what the server says may be changed. */
async function listen(change: (chunk: Buffer) => Buffer, server: { host: string; port: number }): Promise<Server> {
  const front = createServer((client) => {
    const behind = connect(server);
    client.pipe(behind).on('error', () => client.destroy());
    behind.on('data', (chunk) => client.write(change(chunk))).on('close', () => client.destroy());
    client.on('error', () => behind.destroy()).on('close', () => behind.destroy());
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return front;
}
