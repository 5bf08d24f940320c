// Strings, and outside of them numbers and space.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|\s+/g;
const MAY_HOLD_ONE = /\d{16}/;
const LONG_INTEGER = /^-?\d{16,}$/;

/** True for the digits of an integer of which a number would lose some. */
function losesDigits(token: string): boolean {
  return LONG_INTEGER.test(token) && !Number.isSafeInteger(Number(token));
}

/** The JSON with such integers as text: as numbers they would be other users' ids. */
export function quoteLongIntegers(json: string): string {
  return MAY_HOLD_ONE.test(json) ? json.replace(TOKEN, (token) => (losesDigits(token) ? `"${token}"` : token)) : json;
}

/** As `JSON.stringify`, but a number that may have lost digits does not look as if it had all of them: it has an exponent. */
export function writeJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!MAY_HOLD_ONE.test(json)) return json;
  return json.replace(TOKEN, (token) => (losesDigits(token) ? Number(token).toExponential() : token));
}

/** The JSON in as few bytes as say the same; numbers stay as they are written. */
export function shortenJson(json: string): string {
  return json.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    return token.trim();
  });
}
