const WHOLE = new Intl.NumberFormat();
const ONE_DIGIT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** `1,234,567` in the reader's own way. */
export function formatNumber(value: number): string {
  return WHOLE.format(value);
}

/** Few digits, for axes: `1.2M`. */
export function formatCompact(value: number): string {
  return COMPACT.format(value);
}

/** With at most one digit behind the point. */
export function formatRatio(value: number): string {
  return ONE_DIGIT.format(value);
}

/** `12.5 %` of a whole; of nothing a dash. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${ONE_DIGIT.format((part / whole) * 100)} %`;
}

/** `1 event`, `2,000 events`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}
