import { playCalls } from '../coalescing/play-calls';
import type { TracedCall } from '../coalescing/play-calls';
import type { Benchmark, Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { measureWaiting } from './measure-waiting';

const LIMIT = { requests: 1000, windowMs: 300_000 };
const START = Date.UTC(2026, 2, 2, 9);
// Without bulks a tenth tells as much: a request for each member, 1,000 in five minutes.
const PART_WITHOUT = 10;
const MEMBERS = Number(process.env['MEMBERS'] ?? 100_000);

/** An audience of Engage: one Identify for each member, which differ in one attribute; with `bulkUpserts` and without. Virtual time. */
export const bulk: Benchmark = { name: 'bulk', run };

async function run(): Promise<Report> {
  const rows = [];
  const perMember: number[] = [];
  let refused = 0;
  for (const isBulk of [true, false]) {
    const members = isBulk ? MEMBERS : Math.ceil(MEMBERS / PART_WITHOUT);
    const startedAt = performance.now();
    const env = { USERLEAP_BULK_UPSERTS: String(isBulk) };
    const played = await playCalls(audience(members), { start: START, limit: LIMIT, env });
    perMember.push(played.requests / members);
    refused += played.refused;
    rows.push({
      bulkUpserts: isBulk ? 'on' : 'off',
      members,
      requests: played.requests,
      'all ended after min': played.endedAt.reduce((latest, time) => Math.max(latest, time), 0) / 60_000,
      'real time s': (performance.now() - startedAt) / 1000,
    });
  }
  const waiting = await measureWaiting(MEMBERS);
  return {
    tables: [
      { title: 'bulk: Identifies that differ in one attribute, sent while they come, 1000 requests per 300 s', rows },
      {
        title: 'bulk: the same, when all of them wait: a real relay, with live calls meanwhile',
        rows: [
          {
            members: MEMBERS,
            requests: waiting.requests,
            'largest body MB': waiting.largestMegabytes,
            'drained after s': waiting.drainedAfterSeconds,
            'worst live call ms': waiting.worstCallMs,
            'memory of the relay, peak MB': waiting.peakMegabytes,
          },
        ],
      },
    ],
    targets: [
      atMost('bulk requests for an audience that waits', waiting.requests, Math.ceil(MEMBERS / 15_000)),
      atMost('memory of the relay, MB', waiting.peakMegabytes, 512),
      atMost('answers of 429', refused, 0),
      atMost('requests a member with bulkUpserts ÷ those without', (perMember[0] ?? NaN) / (perMember[1] ?? NaN), 0.01),
    ],
  };
}

/** All of it at once. */
function audience(members: number): readonly TracedCall[] {
  return Array.from({ length: members }, (_, member) => {
    const timestamp = new Date(START + member).toISOString();
    const traits = { ordered_last_30_days: member % 2 === 0 };
    const event = { type: 'identify', messageId: `m${member}`, userId: `user-${member}`, timestamp, traits };
    return { at: 0, event };
  });
}
