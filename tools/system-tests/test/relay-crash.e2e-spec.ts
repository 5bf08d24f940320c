import { ownStore } from '@segment-userleap/relay-driver';
import { formatReport, formatRound } from '../src/crash/crash-report';
import { runCrashTest } from '../src/crash/crash-test';

describe('the relay, killed again and again under load while UserLeap fails', () => {
  it('loses nothing, keeps the order of each user, and hardly anything twice', async () => {
    const lines: string[] = [];
    const report = await runCrashTest({
      rounds: 5,
      seed: 3,
      store: ownStore(),
      onRound: (number, round) => lines.push(formatRound(number, round)),
    });
    console.log([...lines, formatReport(report)].join('\n'));
    expect(report.violations).toEqual([]);
  }, 180_000);
});
