// A decimal of so many digits comes back unchanged from a double (IEEE 754); of one with more, some may be lost.
const EXACT_DIGITS = 15;

/**
 * A number as plain decimal digits, without exponent: the text of an id must not depend on how JavaScript writes numbers.
 * Undefined where digits may have been lost when the number was read: an integer that is not safe, a fraction of more than 15
 * digits; and for what is not finite.
 */
export function decimalText(value: number): string | undefined {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : undefined;
  if (!Number.isFinite(value)) return undefined;
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  if (digits.length > EXACT_DIGITS) return undefined;
  const zeros = -Number(exponent) - 1;
  // From 0.000001 down JavaScript writes an exponent.
  return zeros < 6 ? String(value) : `${value < 0 ? '-' : ''}0.${'0'.repeat(zeros)}${digits}`;
}
