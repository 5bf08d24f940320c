import { FIRST, LATER, ORDER, orderOf } from '../src/lane-events';
import { Gate } from '../src/gate';
import { takeSnapshot } from '../src/play-outage';
import type { Outage } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { API_KEYS } from '../src/tested-destination';

const NO_TLS = 'speaks no TLS';
const NO_HOST = 'has no such name';
const NOT_LISTENING = 'listens to nobody';
const NAMES = [NO_TLS, NO_HOST, NOT_LISTENING];

describe('an address that', () => {
  let group: RelayOnSandboxes;
  let gate: Gate;
  const outages = new Map<string, Outage>();

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([
      {
        name: NO_TLS,
        async endpoint(sandbox) {
          gate = await Gate.before(sandbox, (socket) =>
            socket.end('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n'),
          );
          return `https://${gate.address}`;
        },
      },
      { name: NO_HOST, endpoint: () => 'https://nothing.invalid' },
      { name: NOT_LISTENING, endpoint: () => 'http://127.0.0.1:1' },
    ]);
    const durings = await Promise.all(NAMES.map(async (name) => [name, await keepFailing(name)] as const));
    await group.relay.end('SIGTERM');
    // Someone has mended the settings.
    await group.startRelay(NAMES.map((name) => ({ name })));
    for (const [name, during] of durings) {
      await group.of(name).settled(during.events.length);
      outages.set(name, { during, after: await takeSnapshot(group.of(name)) });
    }
  }, 180_000);

  afterAll(async () => {
    await group.stop();
    await gate.close();
  });

  async function keepFailing(name: string): Promise<Outage['during']> {
    await group.of(name).accept(FIRST);
    await group.of(name).paused();
    await group.of(name).tried();
    await group.of(name).accept(LATER);
    return takeSnapshot(group.of(name));
  }

  describe.each(NAMES)('%s', (name) => {
    it('pauses the destination, which keeps everything', () => {
      const during = outages.get(name)?.during;
      const { length } = [...FIRST, ...LATER];
      expect(during?.destination).toMatchObject({ state: 'paused', reason: 'network_failure', pending: length });
      expect(during?.events.map(({ state }) => state)).toEqual(Array(length).fill('pending'));
      expect(during?.events[0]).toMatchObject({
        reason: 'network_failure',
        message: 'UserLeap could not be reached',
        history: [{ reason: 'network_failure' }],
      });
    });

    it('gets everything in order once the settings are mended', () => {
      const after = outages.get(name)?.after;
      expect(after?.destination).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
      expect(orderOf(after?.requests ?? [])).toEqual(ORDER);
    });
  });

  it('speaks no TLS is told neither the key nor anything else that is legible', () => {
    expect(gate.received).not.toBe('');
    for (const secret of [API_KEYS, 'Authorization', '/v2/users', 'ann']) expect(gate.received).not.toContain(secret);
  });

  it('fails brings neither a key nor anything of an event into the log', () => {
    expect(group.output()).toContain('is paused (network_failure)');
    // The start says where destinations deliver to.
    const lines = group.output().split('\n');
    const later = lines.filter((line) => !line.includes(' delivers to ')).join('\n');
    for (const secret of [API_KEYS, 'nothing.invalid', 'ann']) expect(later).not.toContain(secret);
    expect(group.output()).not.toContain(API_KEYS);
  });
});
