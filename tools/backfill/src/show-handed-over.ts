import { showCount, showDuration, showMany } from './show-numbers';
import type { Tally } from './tally';

interface HandedOver {
  readonly users: number;
  readonly tookMs: number;
  readonly eventsPerSecond: number;
  readonly deliveredMs: number;
  readonly reportPath: string;
}

/** The end of a hand-over, for a person. */
export function showHandedOver(tally: Tally, handed: HandedOver): string {
  const { users, tookMs, eventsPerSecond, deliveredMs, reportPath } = handed;
  const lines = [
    `handed over: ${showMany(tally.handedOver, 'event')}, of about ${showMany(users, 'user')}`,
    `             this time in ${showDuration(tookMs)}, ${showCount(eventsPerSecond)} a second`,
  ];
  if (tally.leftOut > 0) lines.push(`left out:    ${showCount(tally.leftOut)} by --since, --until or --types`);
  if (tally.broken > 0)
    lines.push(`broken:      ${showCount(tally.broken)} that are no events, named in ${reportPath}`);
  if (tally.refused > 0) {
    const count = showCount(tally.refused);
    lines.push(`refused:     ${count} of those handed over become dead letters, named in ${reportPath}`);
  }
  if (tally.handedOver > 0)
    lines.push(`UserLeap has it in about ${showDuration(deliveredMs)}, if nothing else is sent`);
  return lines.join('\n');
}
