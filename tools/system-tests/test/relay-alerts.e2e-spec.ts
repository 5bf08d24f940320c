import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';

const SECRET = 'a secret of alerts';
const BAD = { type: 'track', userId: 'somebody', event: 'Bad' };
const WHO = { type: 'identify', userId: 'somebody', traits: { plan: 'gold' } };

interface Post {
  readonly signature: string | undefined;
  readonly body: string;
}

/** Whoever is told: refuses the first post with 503. */
class Listener {
  readonly posts: Post[] = [];
  #isFirst = true;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Listener> {
    const server = createServer((request, response) => {
      void listener.take(request).then((status) => response.writeHead(status).end());
    });
    const listener = new Listener(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/alerts`;
  }

  async take(request: IncomingMessage): Promise<number> {
    const body = await text(request);
    if (this.#isFirst) {
      this.#isFirst = false;
      return 503;
    }
    this.posts.push({ signature: request.headers['x-relay-signature']?.toString(), body });
    return 200;
  }

  /** The first post of the kind, once it has come. */
  async told(kind: string): Promise<Record<string, unknown>> {
    return until(`a post of the kind ${kind}`, () => {
      const contents = this.posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
      return contents.find((content) => content['kind'] === kind);
    });
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('alerts and the log', () => {
  let listener: Listener;
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    listener = await Listener.open();
    const env = { RELAY_ALERT_URL: listener.url, RELAY_ALERT_SECRET: SECRET, RELAY_RETRY_HORIZON: '30s' };
    group = await RelayOnSandboxes.start([{ name: 'good' }, { name: 'locked' }], env);
    const [good, locked] = [group.of('good'), group.of('locked')];
    good.sandbox.addFault({ match: { event: 'Bad' }, status: 400, times: 100 });
    await good.accept([WHO]);
    await good.settled(1);
    await good.accept([BAD]);
    await good.settled(2);
    locked.sandbox.addFault({ status: 401, times: 1 });
    await locked.accept([WHO]);
    await locked.settled(1);
    await group.admin.pause('good');
    await group.admin.resume('good');
    await group.admin.countDeadLetters({ destination: 'good' });
    await group.admin.erase({ userId: 'somebody', destination: 'good' });
  }, 180_000);

  afterAll(async () => {
    await group.stop();
    await listener.close();
  });

  it('post that events became dead letters, also where the first try failed', async () => {
    expect(await listener.told('dead_letters')).toMatchObject({ destination: 'good', reason: 'refused', count: 1 });
  });

  it('post pauses of the relay and of a person, and their ends', async () => {
    await until('four posts about pauses', () => (pausesOf(listener).length >= 4 ? true : undefined));
    expect(pausesOf(listener)).toEqual([
      'paused locked unauthorized',
      'resumed locked undefined',
      'paused good by_hand',
      'resumed good undefined',
    ]);
  });

  it('post that names of events are new, and how many, but not which', async () => {
    expect(await listener.told('new_event_names')).toMatchObject({ destination: 'good', count: 1 });
    for (const { body } of listener.posts) expect(body).not.toContain(BAD.event);
  });

  it('are signed', async () => {
    await listener.told('paused');
    for (const { body, signature } of listener.posts) {
      expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
    }
  });

  it('have a text for people, a time, and nothing of a user', async () => {
    await listener.told('resumed');
    for (const { body } of listener.posts) {
      const { text: sentence, at } = JSON.parse(body) as { text: string; at: string };
      expect(sentence).toMatch(/^.*\.$/);
      expect(Date.parse(at)).toBeGreaterThan(0);
      expect(body).not.toContain('somebody');
    }
  });

  it('the log begins with what runs, and not with routes', () => {
    const lines = messagesOf(group.output());
    expect(lines[0]).toMatch(/^version \d+\.\d+\.\d+, Node v\d+.*; store: \w+.*; admin API and dashboard: on$/);
    expect(lines[1]).toMatch(
      /^destination good delivers to http:\/\/127\.0\.0\.1:\d+, at most 1000 requests in 300 seconds$/,
    );
    expect(lines.filter((line) => line.startsWith('Mapped'))).toEqual([]);
  });

  it('the log has a line for each change by hand, with how many events, and no user', async () => {
    const audit = await until('three lines of the audit', () => {
      const lines = linesOf(group.output()).flatMap(({ context, msg }) => (context === 'audit' ? [msg] : []));
      return lines.length >= 3 ? lines : undefined;
    });
    expect(audit).toEqual([
      'POST /api/destinations/good/pause',
      'POST /api/destinations/good/resume',
      'POST /api/users/erase erased=2',
    ]);
  });
});

function pausesOf({ posts }: Listener): readonly string[] {
  const contents = posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return contents
    .filter(({ kind }) => kind === 'paused' || kind === 'resumed')
    .map(({ kind, destination, reason }) => `${String(kind)} ${String(destination)} ${String(reason)}`);
}

interface Line {
  readonly context?: string;
  readonly msg: string;
}

function linesOf(output: string): readonly Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

function messagesOf(output: string): readonly string[] {
  return linesOf(output).map(({ msg }) => msg);
}
