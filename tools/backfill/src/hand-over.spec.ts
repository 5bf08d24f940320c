import { parseSettings } from '@segment-userleap/mapping';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CallResult } from './relay-client';
import { ColumnMapping } from './column-mapping';
import { HandOver, STRANDS } from './hand-over';
import { findFiles } from './history-file';
import { Journal } from './journal';
import { ReportFile } from './report-file';
import { UserSketch } from './user-sketch';

type Event = Readonly<Record<string, unknown>>;

const SETTINGS = parseSettings({ apiKey: 'none' }, { unknownUserGraceSeconds: 60 });
// A call has a hundred of these.
const FILLER = { text: 'x'.repeat(3_900) };
const TIME = '2025-03-01T00:00:00.000Z';

/** A relay that a test plays: keeps what it takes, once. */
class PlayedRelay {
  readonly taken: Event[] = [];
  calls = 0;

  constructor(
    private readonly answer: (events: readonly Event[], call: number) => CallResult | undefined = () => undefined,
  ) {}

  readonly call = async (body: string): Promise<CallResult> => {
    const { batch } = JSON.parse(body) as { batch: readonly Event[] };
    // What is read meanwhile waits behind it.
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    this.calls += 1;
    const answer = this.answer(batch, this.calls);
    if (answer) return answer;
    this.taken.push(...batch);
    return { kind: 'taken' };
  };
}

describe(HandOver.name, () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backfill-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function fill(files: number, perFile: number): void {
    for (let file = 0; file < files; file += 1) {
      const lines = Array.from({ length: perFile }, (_, index) => JSON.stringify(track(file * perFile + index)));
      writeFileSync(join(folder, `${file}.gz`), gzipSync(lines.join('\n')));
    }
  }

  function track(number: number, more: object = {}): Event {
    return {
      type: 'track',
      userId: `u${number % 50}`,
      event: 'E',
      messageId: `m${number}`,
      timestamp: TIME,
      properties: FILLER,
      ...more,
    };
  }

  async function handOver(relay: PlayedRelay, stop = new AbortController()) {
    if (!SETTINGS.ok) throw new Error('expected settings');
    const { files } = findFiles([folder]);
    const state = join(folder, 'state');
    const task = { to: 'relay', key: '', choice: '', files };
    const isNew = !existsSync(state);
    const { journal, progress } = Journal.open(state, task, STRANDS);
    const reportPath = join(folder, 'report');
    const done = progress.marks.map(({ position }) => position);
    const report = isNew ? ReportFile.create(reportPath) : ReportFile.resume(reportPath, files, done);
    const handing = new HandOver(
      {
        files,
        choice: { mapping: new ColumnMapping(), since: undefined, until: undefined, types: undefined },
        settings: SETTINGS.value,
        journal,
        report,
        users: new UserSketch(),
        stop: stop.signal,
        call: relay.call,
        onRead: () => undefined,
        onWait: () => undefined,
        now: () => Date.UTC(2026, 0, 1),
      },
      progress,
    );
    const ended = await handing.run();
    journal.close();
    const lines = existsSync(reportPath) ? readFileSync(reportPath, 'utf8').trimEnd().split('\n') : [];
    return { ended, tally: handing.tally, report: lines.map((line) => JSON.parse(line) as Event) };
  }

  function idsOf(events: readonly Event[]): readonly unknown[] {
    return events.map(({ messageId }) => messageId).sort();
  }

  it('hands over every event once, those of a user in order', async () => {
    fill(3, 400);
    const relay = new PlayedRelay();
    const { ended, tally } = await handOver(relay);
    expect(ended).toBeUndefined();
    expect(tally).toEqual({ handedOver: 1_200, refused: 0, leftOut: 0, broken: 0 });
    expect(new Set(idsOf(relay.taken)).size).toBe(1_200);
    const ofOne = relay.taken
      .filter(({ userId }) => userId === 'u7')
      .map(({ messageId }) => Number(String(messageId).slice(1)));
    expect(ofOne).toEqual([...ofOne].sort((one, other) => one - other));
  });

  it('goes on where it was stopped, with an exact count and report, and sends again only what was under way', async () => {
    fill(4, 250);
    const broken = ['no json', '{"type":"track","userId":"u1"}', '{"type":"merge"}'];
    writeFileSync(join(folder, '1-broken.jsonl'), broken.join('\n'));
    writeFileSync(join(folder, '3-refused.jsonl'), JSON.stringify(track(1, { messageId: 'refused', event: ' ' })));
    const taken: Event[] = [];
    let runs = 0;
    let result: Awaited<ReturnType<typeof handOver>>;
    do {
      const stop = new AbortController();
      const relay = new PlayedRelay((_, call) => {
        if (call === 3) stop.abort();
        return undefined;
      });
      result = await handOver(relay, stop);
      taken.push(...relay.taken);
      runs += 1;
    } while (result.ended !== undefined && runs < 100);
    expect(runs).toBeGreaterThan(2);
    expect(result.tally).toEqual({ handedOver: 1_001, refused: 1, leftOut: 0, broken: 3 });
    // Nothing was answered and then forgotten: a run that is stopped writes down what is answered.
    expect(taken).toHaveLength(1_001);
    expect(new Set(idsOf(taken)).size).toBe(1_001);
    expect(result.report.map(({ file, line }) => [String(file).slice(folder.length + 1), line]).sort()).toEqual([
      ['1-broken.jsonl', 1],
      ['1-broken.jsonl', 2],
      ['1-broken.jsonl', 3],
      ['3-refused.jsonl', 1],
    ]);
  });

  it('loses nothing and counts nothing twice, wherever it is killed', async () => {
    fill(3, 400);
    writeFileSync(join(folder, '1-broken.jsonl'), 'no json\nnor this\n');
    const files = ['state', 'report'].map((name) => join(folder, name));
    const deaths: { readonly contents: readonly string[]; readonly taken: readonly Event[] }[] = [];
    const relay: PlayedRelay = new PlayedRelay((events) => {
      // It dies right before the relay takes these, or right after, without having heard of it.
      const contents = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
      deaths.push({ contents, taken: [...relay.taken] }, { contents, taken: [...relay.taken, ...events] });
      return undefined;
    });
    await handOver(relay);
    expect(deaths.length).toBeGreaterThan(10);
    for (const { contents, taken } of deaths) {
      files.forEach((file, index) => writeFileSync(file, contents[index] ?? ''));
      const next = new PlayedRelay();
      const { tally, report } = await handOver(next);
      expect(tally).toEqual({ handedOver: 1_200, refused: 0, leftOut: 0, broken: 2 });
      expect(new Set(idsOf([...taken, ...next.taken])).size).toBe(1_200);
      expect(report.map(({ line }) => line).sort()).toEqual([1, 2]);
    }
  });

  it('has nothing left to do once it is done', async () => {
    fill(1, 10);
    await handOver(new PlayedRelay());
    const relay = new PlayedRelay();
    expect(await handOver(relay)).toMatchObject({ ended: undefined, tally: { handedOver: 10 } });
    expect(relay.calls).toBe(0);
  });

  it('lets nothing pass an Alias or a Delete', async () => {
    const events = Array.from({ length: 600 }, (_, number) =>
      [50, 51].includes(number % 100) ? { type: 'delete', userId: 'u1', messageId: `m${number}` } : track(number),
    );
    writeFileSync(join(folder, 'a.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
    const relay = new PlayedRelay();
    await handOver(relay);
    const numbers = relay.taken.map(({ messageId }) => Number(String(messageId).slice(1)));
    for (const barrier of [50, 51, 150, 251]) {
      const at = numbers.indexOf(barrier);
      expect(Math.max(...numbers.slice(0, at))).toBeLessThan(barrier);
      expect(Math.min(...numbers.slice(at + 1))).toBeGreaterThan(barrier);
    }
  });

  it('hands over in parts what is too much for a call, and names an event that is refused by itself', async () => {
    fill(1, 300);
    const relay = new PlayedRelay((events) => {
      if (events.length > 10) return { kind: 'refused', why: '413', isTooLarge: true };
      const isBad = events.some(({ messageId }) => messageId === 'm77');
      return isBad ? { kind: 'refused', why: '400: no', isTooLarge: false } : undefined;
    });
    const { ended, tally, report } = await handOver(relay);
    expect(ended).toBeUndefined();
    expect(tally).toEqual({ handedOver: 299, refused: 0, leftOut: 0, broken: 1 });
    expect(relay.taken).toHaveLength(299);
    expect(report).toMatchObject([{ line: 78, why: 'the relay answers 400: no' }]);
  });

  it('comes back when the relay asks for it, and ends where it is not wanted', async () => {
    fill(1, 100);
    const busy = new PlayedRelay((_, call) =>
      call < 3 ? { kind: 'later', why: '503', delayMs: 1, isBusy: true } : undefined,
    );
    expect(await handOver(busy)).toMatchObject({ ended: undefined, tally: { handedOver: 100 } });
    rmSync(join(folder, 'state'));
    const strict = new PlayedRelay(() => ({ kind: 'hopeless', why: '401: writeKey: expected a known write key' }));
    expect(await handOver(strict)).toMatchObject({
      ended: 'the relay answers 401: writeKey: expected a known write key',
      tally: { handedOver: 0 },
    });
  });
});
