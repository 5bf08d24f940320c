import type { Fault } from '@segment-userleap/userleap-sandbox';
import type { Socket } from 'node:net';
import { Gate } from '../src/gate';
import { FIRST, ORDER } from '../src/lane-events';
import { takeSnapshot } from '../src/play-outage';
import type { Snapshot } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import type { TestedDestination } from '../src/tested-destination';

const ALWAYS = 1_000_000;
const HUGE = 'x'.repeat(10 * 1024 * 1024);
const ENDLESS = 'never ends';
const EVENTS = [...FIRST, { type: 'delete', userId: 'someone-else' }];

/** What comes after the head of an answer whose status says that all is well. */
const ODDITIES: readonly (readonly [name: string, fault: Fault | 'of the gate'])[] = [
  ['is reset in the middle', { status: 202, body: 'Accepted', reset: 'middle' }],
  ['is truncated JSON', { status: 202, body: { requestId: 'r1' }, truncate: true }],
  ['is garbage', { status: 200, body: '\u0000\ufffd{"]' }],
  ['has 10 MB', { status: 202, body: HUGE }],
  [ENDLESS, 'of the gate'],
];
const NAMES = ODDITIES.map(([name]) => name);

describe('an answer that all is well, and that', () => {
  let group: RelayOnSandboxes;
  let gate: Gate;
  let playOf: (name: string) => Promise<Snapshot>;

  beforeAll(async () => {
    const plans = NAMES.filter((name) => name !== ENDLESS).map((name) => ({ name }));
    group = await RelayOnSandboxes.start([
      ...plans,
      {
        name: ENDLESS,
        async endpoint(sandbox) {
          gate = await Gate.before(sandbox, dripForEver);
          return `http://${gate.address}`;
        },
      },
    ]);
    for (const [name, fault] of ODDITIES) {
      if (fault !== 'of the gate') group.of(name).sandbox.addFault({ ...fault, apply: true, times: ALWAYS });
    }
    playOf = sideBySide(NAMES, (name) => deliver(group.of(name)));
  });

  afterAll(async () => {
    await group.stop();
    await gate.close();
  });

  it.each(ODDITIES)('%s is one: nothing is sent a second time', async (name) => {
    const { events, destination, requests } = await playOf(name);
    for (const { state, attempts, history } of events) expect([state, attempts, history]).toEqual(['delivered', 1, []]);
    expect(destination).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
    const calls = name === ENDLESS ? gate.received.match(/POST \/v2/g) : requests;
    expect(calls).toHaveLength(ORDER.users + 1); // a request for each user, and the purge
  });
});

async function deliver(destination: TestedDestination): Promise<Snapshot> {
  await destination.accept(EVENTS);
  await destination.settled(EVENTS.length);
  return takeSnapshot(destination);
}

/** A little every second, which no time-out for silence ends. */
function dripForEver(socket: Socket): void {
  socket.write('HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n');
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 1_000);
  socket.once('close', () => clearInterval(timer));
}
