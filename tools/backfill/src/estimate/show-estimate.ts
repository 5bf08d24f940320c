import type { RateLimit } from '@segment-userleap/delivery';
import { mostBackfilled } from '@segment-userleap/delivery';
import { REASONS, WARNINGS } from '@segment-userleap/mapping';
import type { ReasonCode, WarningCode } from '@segment-userleap/mapping';
import { showCount, showDuration } from '../show-numbers';
import { adviseOn } from './advice';
import { EVENTS_PER_SECOND } from './estimate';
import type { Estimate, Fate } from './estimate';

/** What a history would come to, for a person. */
export function showEstimate(estimate: Estimate, limit: RateLimit, reportPath: string): string {
  const { tally, types, fates, warnings, users, strangers, requests, lookUps, ms, months } = estimate;
  const rate = `${showCount(mostBackfilled(limit))} of ${showCount(limit.requests)} requests in ${limit.windowMs / 1000} s`;
  const advice = adviseOn(estimate);
  const sections = [
    table('Events', [
      ...[...types].sort(byCount).map(([type, count]) => [type, count, ''] as const),
      ['all', tally.handedOver, ''],
      ...(tally.leftOut > 0 ? [['left out', tally.leftOut, 'by --since, --until or --types'] as const] : []),
      ...(tally.broken > 0 ? [['broken', tally.broken, `no events; named in ${reportPath}`] as const] : []),
    ]),
    table('What becomes of them', [...fates].sort((one, other) => other.events - one.events).map(rowOfFate)),
    ...(warnings.size > 0
      ? [
          table(
            'Left out of them',
            [...warnings].sort(byCount).map(([code, count]) => [code, count, WARNINGS[code as WarningCode]]),
          ),
        ]
      : []),
    table('Users', [
      ['tracked', users, 'count as tracked in the month in which UserLeap is told of them'],
      ...(strangers > 0
        ? [
            [
              'without Identify',
              strangers,
              'of these; up to two requests more each. Delivered if UserLeap knows them, else dead letters after 72 hours',
            ] as const,
          ]
        : []),
    ]),
    table(
      'Months in which they did something',
      [...months].map(([month, count]) => [month, count, count === 1 ? 'user' : 'users']),
    ),
    table('UserLeap', [
      ['requests', requests + lookUps, lookUps > 0 ? `${showCount(lookUps)} of them look users up` : ''],
      [
        'time',
        showDuration(ms),
        `at ${rate}, until ${strangers > 0 ? 'all is delivered of users with an Identify' : 'all is delivered'}`,
      ],
    ]),
    ...(advice.length > 0 ? [['Start the relay with', ...advice.map((line) => `  ${line}`)].join('\n')] : []),
    [
      'That is so if the relay has nothing else to send and has not told UserLeap of these users before, UserLeap refuses nothing, and',
      `the history is handed over at ${showCount(EVENTS_PER_SECOND)} events a second. Live traffic goes first: it makes the time longer.`,
    ].join('\n'),
  ];
  return sections.join('\n\n');
}

type Row = readonly [name: string, count: number | string, remark: string];

function table(title: string, rows: readonly Row[]): string {
  const shown = rows.map(
    ([name, count, remark]) => [name, typeof count === 'number' ? showCount(count) : count, remark] as const,
  );
  const widths = [0, 1].map((column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  const lines = shown.map(([name, count, remark]) =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${count.padStart(widths[1] ?? 0)}  ${remark}`.trimEnd(),
  );
  return [title, ...lines].join('\n');
}

function rowOfFate({ outcome, reason, events }: Fate): Row {
  if (outcome === 'waits') return ['waits', events, 'for an Identify of its user (unknown_user)'];
  return [outcome, events, reason === '' ? '' : `${reason}: ${REASONS[reason as ReasonCode]}`];
}

function byCount([, one]: readonly [string, number], [, other]: readonly [string, number]): number {
  return other - one;
}
