import { isRecord, isText } from '@segment-userleap/validation';
import { parseJson } from './parse-json';

const MAX_LENGTH = 500;
const EMAIL = /[^\s@"'<>,;:()[\]{}]+@[^\s@"'<>,;:()[\]{}]+/g;

/**
 * UserLeap's own words about a refusal, for a person to read: from `error` or `message` of a JSON answer, else the
 * text itself; on one line, at most 500 characters, the API key and anything like an e-mail address taken out.
 */
export function readRefusalSentence(status: number, body: string, apiKey: string): string {
  // The key goes before the cut, so that no half of it is left; the cut bounds what the search for addresses costs.
  const said = findSentence(body)
    .replaceAll(apiKey, '[key]')
    .slice(0, 4 * MAX_LENGTH);
  const clean = said
    .replace(EMAIL, '[email]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return clean === '' ? `UserLeap answered ${status} without a reason` : [...clean].slice(0, MAX_LENGTH).join('');
}

function findSentence(body: string): string {
  const parsed = parseJson(body);
  if (!isRecord(parsed)) return body;
  return [parsed.error, parsed.message].find(isText) ?? body;
}
