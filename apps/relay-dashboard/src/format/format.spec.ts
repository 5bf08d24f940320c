import { formatAgo } from './format-ago';
import { formatDuration } from './format-duration';
import { formatDay, formatMonth } from './format-day';
import { formatCompact, formatCount, formatNumber, formatRatio, formatShare } from './format-number';
import { formatClock, formatTime, toIsoTime, toLocalInput } from './format-time';
import { reasonSentence, warningSentence } from './reason-sentence';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

describe(formatDuration.name, () => {
  it.each([
    [-5 * SECOND, '0 s'],
    [999, '0 s'],
    [59 * SECOND, '59 s'],
    [60 * SECOND, '1 min'],
    [61 * SECOND, '1 min 1 s'],
    [3_600 * SECOND + 59 * SECOND, '1 h'],
    [72 * 3_600 * SECOND, '3 d'],
    [DAY + 2 * 3_600 * SECOND + 5 * SECOND, '1 d 2 h'],
  ])('names at most two units: %d ms', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('numbers', () => {
  it('are grouped, rounded and counted', () => {
    expect(formatNumber(1_000_000)).toBe(new Intl.NumberFormat().format(1_000_000));
    expect(formatRatio(1)).toBe('1');
    expect(formatCompact(0)).toBe('0');
    expect(formatCount(1, 'event')).toBe('1 event');
    expect(formatCount(0, 'event')).toBe('0 events');
    expect(formatShare(1, 2)).toBe('50 %');
    expect(formatShare(0, 0)).toBe('–');
  });
});

describe('times', () => {
  it('of a field lead to an ISO time and back', () => {
    const iso = toIsoTime('2026-03-04T05:06');
    expect(iso).toMatch(/^2026-03-0\dT\d\d:\d6:00\.000Z$/);
    expect(toLocalInput(iso)).toBe('2026-03-04T05:06');
  });

  it('that are blank or cannot be read are none', () => {
    expect(toIsoTime('')).toBeUndefined();
    expect(toLocalInput(undefined)).toBe('');
    expect(toLocalInput('soon')).toBe('');
    expect(formatTime('soon')).toBe('soon');
  });
});

describe('days and months', () => {
  it('are those of UTC', () => {
    expect(formatDay('2026-12-01')).toMatch(/\b1\b/);
    expect(formatDay(Date.UTC(2026, 11, 1) / 1_000)).toBe(formatDay('2026-12-01'));
    expect(formatMonth('2026-12')).toContain('2026');
  });
});

describe('codes', () => {
  it('have the sentence of the mapping', () => {
    expect(reasonSentence('unauthorized')).toContain('UserLeap refused the key');
    expect(warningSentence('invalid_email')).toContain('e-mail');
  });

  it('that are not known here have none', () => {
    expect(reasonSentence('toString')).toBeUndefined();
    expect(warningSentence('newer_code')).toBe('newer_code');
  });
});

describe(formatAgo.name, () => {
  it.each([
    [-SECOND, 'just now'],
    [4 * SECOND, 'just now'],
    [59 * SECOND, '59 s ago'],
    [61 * SECOND, '1 min ago'],
    [2 * DAY + SECOND, '2 d ago'],
  ])('tells of %d ms the largest unit alone: %s', (milliseconds, expected) => {
    expect(formatAgo(milliseconds)).toBe(expected);
  });
});

describe(formatClock.name, () => {
  const now = Date.UTC(2026, 0, 15, 12);

  it('leaves out the day where it is that of now', () => {
    expect(formatClock(new Date(now - 60 * SECOND).toISOString(), now)).not.toContain('15');
    expect(formatClock(new Date(now - 3 * DAY).toISOString(), now)).toContain('12');
  });

  it('leaves what is no time as it is', () => {
    expect(formatClock('soon', now)).toBe('soon');
  });
});
