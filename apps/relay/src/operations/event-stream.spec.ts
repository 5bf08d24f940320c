import Fastify from 'fastify';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { EventStream, toServerSentEvent } from './event-stream';

describe(EventStream.name, () => {
  const server = Fastify();
  const streams: EventStream[] = [];
  let mayGoOn = true;
  let client: Socket;
  let received = '';

  beforeAll(async () => {
    server.get('/', (_, reply) => void streams.push(new EventStream(reply, () => mayGoOn)));
    await server.listen({ port: 0, host: '127.0.0.1' });
  });

  beforeEach(() => {
    mayGoOn = true;
    received = '';
    client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    client.setEncoding('utf8').on('data', (text: string) => (received += text));
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  });

  afterEach(() => client.destroy());
  afterAll(() => server.close());

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };
  const opened = async (): Promise<EventStream> => {
    await until(() => received.includes('retry:'));
    const stream = streams.at(-1);
    if (!stream) throw new Error('there is no stream');
    return stream;
  };
  const ended = (stream: EventStream): Promise<void> => new Promise((resolve) => stream.onEnd(resolve));

  it('sends events as browsers read them', async () => {
    (await opened()).send(toServerSentEvent({ event: 'events', data: { ids: [1] } }));
    await until(() => received.includes('event: events\ndata: {"ids":[1]}\n\n'));
    expect(received).toContain('content-type: text/event-stream; charset=utf-8\r\n');
  });

  it('ends in place of what may not be heard any more, whatever is sent to it then', async () => {
    const stream = await opened();
    mayGoOn = false;
    const end = ended(stream);
    stream.send('secret');
    mayGoOn = true;
    stream.send('secret');
    await end;
    stream.send('secret');
    await ended(stream);
    expect(received).not.toContain('secret');
  });

  it('drops a reader that does not read, whatever is sent to it then', async () => {
    const stream = await opened();
    client.pause();
    let hasEnded = false;
    void ended(stream).then(() => (hasEnded = true));
    await until(() => {
      stream.send('x'.repeat(100_000));
      stream.send('y');
      return hasEnded;
    });
  });
});
