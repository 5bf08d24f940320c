import { CONDUCTS } from '../src/limits/conducts';
import { createBuiltFunction } from '../src/limits/function-on-sandbox';
import { findNotTakenOnce, findWrongResults } from '../src/limits/judge-rounds';
import { limitsRow } from '../src/limits/limits-table';
import type { LimitsRow } from '../src/limits/limits-table';
import { mixedBatch } from '../src/limits/mixed-batch';
import type { MixedEvent } from '../src/limits/mixed-batch';
import { playUntilSettled } from '../src/limits/play-until-settled';
import type { Round } from '../src/limits/play-until-settled';
import { API_KEY } from '@segment-userleap/relay-driver';
import { sideBySide } from '../src/side-by-side';

interface Played {
  readonly batch: readonly MixedEvent[];
  readonly rounds: readonly Round[];
  readonly row: LimitsRow;
}

const CASES = Object.keys(CONDUCTS).flatMap((name) => [1, 20, 400].map((size) => [name, size] as const));
// They mostly wait.
const WAITING = CASES.filter(([name]) => name === 'slow' || name === 'hanging').map(
  ([name, size]) => `${name} ${size}`,
);
// Ten users, ten Aliases that read two users each, and a purge.
const MOST_AT_ONCE = 31;
const TIME_LIMIT_MS = 60_000;

describe('a batch on the built Function, for a UserLeap that is', () => {
  const rows: LimitsRow[] = [];
  let waited: (name: string) => Promise<Played>;

  beforeAll(() => {
    waited = sideBySide(WAITING, play);
  });

  afterAll(() => {
    process.stdout.write(`${toText(rows)}\n`);
  });

  it.each(CASES)(
    '%s: %d mixed events',
    async (name, size) => {
      const played = `${name} ${size}`;
      const { batch, rounds, row } = await (WAITING.includes(played) ? waited(played) : play(played));
      rows.push(row);
      expect(rounds.flatMap((round, at) => findWrongResults(batch, round, rounds.slice(0, at)))).toEqual([]);
      expect(findNotTakenOnce(batch, rounds)).toEqual([]);
      // Two only for the new user of an Alias, which nothing may be moved across.
      expect(row['most for a user']).toBeLessThanOrEqual(2);
      expect(row['answered 429']).toBeLessThanOrEqual(MOST_AT_ONCE);
    },
    TIME_LIMIT_MS,
  );
});

async function play(name: string): Promise<Played> {
  const [, conduct = '', size = ''] = /^(.*) (\d+)$/.exec(name) ?? [];
  const start = CONDUCTS[conduct];
  if (!start) throw new Error(`no conduct is called ${conduct}`);
  const { sandbox, recover } = await start(Number(size));
  try {
    let ahead = 0;
    const host = createBuiltFunction({ now: () => Date.now() + ahead });
    const batch = mixedBatch(Number(size));
    const settings = { apiKey: API_KEY, endpoint: sandbox.url };
    const rounds = await playUntilSettled(host, sandbox, settings, batch, () => {
      // By the next round UserLeap shows what it was told in this one.
      ahead += 11_000;
      return recover();
    });
    return { batch, rounds, row: limitsRow(conduct, batch, rounds) };
  } finally {
    await sandbox.close();
  }
}

function toText(rows: readonly LimitsRow[]): string {
  const [first] = rows;
  if (!first) return '';
  const lines = [Object.keys(first), ...rows.map((row) => Object.values(row).map(String))];
  const widths = Object.keys(first).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((text, column) => text.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}
