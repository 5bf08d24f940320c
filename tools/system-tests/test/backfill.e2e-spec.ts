import { RelayOnSandbox, startBackfill, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import type { SandboxUser } from '@segment-userleap/userleap-sandbox';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const UNLIMITED = { requests: 100_000, windowMs: 5_000 };
const START = Date.UTC(2024, 0, 1);

describe('npm run backfill, beside a running relay', () => {
  let pair: RelayOnSandbox;
  let folder: string;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({ rateLimit: UNLIMITED }, { USERLEAP_RATE_LIMIT: '100000/5s' });
  });
  afterAll(() => pair.stop());
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backfill-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string | Buffer): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }

  function start(...args: readonly string[]) {
    return startBackfill(['--to', pair.relay.url, '--write-key', WRITE_KEY, ...args], folder);
  }

  async function run(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
    return start(...args).end;
  }

  function userOf(externalUserId: string): SandboxUser | undefined {
    return pair.sandbox.users().find((user) => user.externalUserId === externalUserId);
  }

  function countOf(users: readonly SandboxUser[]): number {
    return users.reduce((sum, { events }) => sum + events.reduce((count, event) => count + event.count, 0), 0);
  }

  it('brings every event of an archive to UserLeap once, though it is killed again and again', async () => {
    const [files, perFile, users] = [8, 1_200, 100];
    for (let file = 0; file < files; file += 1) {
      const lines = Array.from({ length: perFile }, (_, line) => {
        const number = file * perFile + line;
        const time = new Date(START + number * 60_000).toISOString();
        const call =
          number < users
            ? { type: 'identify', traits: { plan: 'pro' } }
            : { type: 'track', event: `Event ${number % 7}` };
        // As Segment's archives are: a browser's event, sent at once.
        const common = {
          messageId: `k-${number}`,
          anonymousId: `a-${number % users}`,
          userId: `killed-${number % users}`,
        };
        return JSON.stringify({
          ...common,
          ...call,
          timestamp: time,
          sentAt: time,
          context: { page: { title: 'x'.repeat(500) } },
        });
      });
      write(`archive/${file}.gz`, gzipSync(lines.join('\n')));
    }
    write('archive/3-torn.jsonl', 'no event\n{"type":"track","userId":"killed-1"}\n');

    let handedOver = 0;
    for (const signal of ['SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
      const running = start('--from', 'archive');
      handedOver = await until('more of it to be handed over', () => {
        const now = readHandedOver(join(folder, 'backfill-state.jsonl'));
        return now > handedOver ? now : undefined;
      });
      expect(running.hasEnded).toBe(false);
      running.kill(signal);
      const { code, output } = await running.end;
      if (signal === 'SIGKILL') continue;
      expect(output).toContain('stopped. Not all is handed over: run the same command again');
      expect(code).toBe(1);
    }
    expect(handedOver).toBeLessThan(files * perFile);
    const { code, output } = await run('--from', 'archive');
    expect(output).toContain(`handed over: ${(files * perFile).toLocaleString('en-US')} events`);
    expect(code).toBe(1);
    const report = readFileSync(join(folder, 'backfill-report.jsonl'), 'utf8').trimEnd().split('\n');
    const broken = report.map((line) => JSON.parse(line) as { line: number });
    // Each strand reports of its own when it comes to it.
    expect(broken.sort((one, other) => one.line - other.line)).toMatchObject([
      { file: 'archive/3-torn.jsonl', line: 1, why: 'expected JSON' },
      { file: 'archive/3-torn.jsonl', line: 2, why: expect.stringContaining('timestamp: expected') as unknown },
    ]);
    const expected = files * perFile - users;
    const arrived = () => pair.sandbox.users().filter(({ externalUserId }) => externalUserId.startsWith('killed-'));
    await until('all events to arrive', () => (countOf(arrived()) >= expected ? true : undefined));
    expect(countOf(arrived())).toBe(expected);
    // The times are those of the archive, however long ago its events were sent.
    const last = Math.max(...arrived().flatMap(({ events }) => events.map(({ updatedAt }) => updatedAt)));
    expect(last).toBe(START + (files * perFile - 1) * 60_000);

    const again = await run('--from', 'archive');
    expect(again.output).toContain('0 a second');
    write('archive/7.gz', gzipSync('{}'));
    const changed = await run('--from', 'archive');
    expect(changed).toMatchObject({ code: 2, output: expect.stringContaining('7.gz has changed since') as unknown });
  });

  it("takes RudderStack's files, lists of JSON, and tables with quotes and line breaks", async () => {
    const rudder = {
      type: 'identify',
      channel: 'web',
      rudderId: 'r-1',
      messageId: 'rudder-1',
      userId: 'rudder-1',
      anonymousId: 'r-1',
      context: { traits: { email: 'rudder@example.com', plan: 'pro' }, library: { name: 'RudderLabs JavaScript SDK' } },
      integrations: { All: true },
      originalTimestamp: '2024-05-01T10:00:00.000Z',
      sentAt: '2024-05-01T10:00:01.000Z',
      receivedAt: '2024-05-01T10:00:02.000Z',
      request_ip: '203.0.113.7',
    };
    write('rudder/1.json.gz', gzipSync(`${JSON.stringify(rudder)}\n`));
    const list = [{ type: 'track', userId: 'rudder-1', event: 'Listed', timestamp: '2024-05-02T00:00:00Z' }];
    write('list.json', JSON.stringify(list, null, 2));
    write('users.csv', '\uFEFFuid;mail;Seats;note\r\ncsv-1;csv@example.com;5;"a ""quoted"",\r\nnote; with all"\r\n');
    write('events.csv', 'user_id,event,time\ncsv-1,Bought,2024-06-01 10:00:00\n');
    write(
      'mapping.json',
      '{"uid": "userId", "mail": "email", "Seats": {"place": "traits.seats", "kind": "number"}, "note": "traits.note"}',
    );
    const files = ['--from', 'rudder', 'list.json', 'users.csv', 'events.csv'];
    expect((await run(...files, '--mapping', 'mapping.json')).code).toBe(0);
    const user = await until('the table to arrive', () => {
      const found = userOf('csv-1');
      return found && countOf([found]) === 1 && userOf('rudder-1')?.events.length === 1 ? found : undefined;
    });
    expect(user).toMatchObject({
      emailAddress: 'csv@example.com',
      attributes: { seats: 5, note: 'a "quoted",\r\nnote; with all' },
      events: [{ event: 'Bought', createdAt: Date.UTC(2024, 5, 1, 10) }],
    });
    expect(userOf('rudder-1')).toMatchObject({
      emailAddress: 'rudder@example.com',
      attributes: { plan: 'pro' },
      events: [{ event: 'Listed', createdAt: Date.UTC(2024, 4, 2) }],
    });
  });

  it('goes on though its state and its report lie among the files, and refuses those that it cannot write', async () => {
    write('own/one.jsonl', '{"type":"identify","userId":"own-1","timestamp":"2024-01-01"}\nbroken\n');
    const options = ['--from', 'own', '--state', 'own/state.jsonl', '--report', 'own/report.jsonl'];
    for (const end of [await run(...options), await run(...options)]) {
      expect(end).toMatchObject({ code: 1, output: expect.stringContaining('handed over: 1 event') as unknown });
    }
    const unwritable = await run('--from', 'own', '--state', 'missing/state.jsonl');
    expect(unwritable).toMatchObject({
      code: 2,
      output: expect.stringContaining('--state: expected a file that can be written (ENOENT)') as unknown,
    });
  });

  it('says what is wrong before it sends anything', async () => {
    write('users.csv', 'user_id;e-mails\nu1;a@b.de\n');
    const column = await run('--from', 'users.csv');
    expect(column).toMatchObject({
      code: 2,
      output: expect.stringContaining('users.csv: column "e-mails": expected userId') as unknown,
    });
    write('one.jsonl', '{"type":"identify","userId":"u1","timestamp":"2024-01-01"}');
    const wrong = await startBackfill(['--to', pair.relay.url, '--write-key', 'wrong', '--from', 'one.jsonl'], folder)
      .end;
    expect(wrong).toMatchObject({
      code: 1,
      output: expect.stringContaining('writeKey: expected a known write key') as unknown,
    });
    const { code, output } = await startBackfill(['--from', 'one.jsonl', '--dry-run'], folder).end;
    expect([code, output]).toEqual([0, expect.stringMatching(/requests +1\b/)]);
  });
});

/** How many events are handed over, as the state says that is written line by line. */
function readHandedOver(state: string): number {
  const lines = existsSync(state) ? readFileSync(state, 'utf8').split('\n').slice(1, -1) : [];
  const { marks = [] } = JSON.parse(lines.at(-1) ?? '{}') as { marks?: { tally: { handedOver: number } }[] };
  return marks.reduce((sum, { tally }) => sum + tally.handedOver, 0);
}
