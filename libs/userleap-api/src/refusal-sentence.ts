import { isRecord, isText } from '@segment-userleap/validation';
import { parseJson } from './parse-json';

const MAX_LENGTH = 500;
const WORD = /[^\s"'<>,;:()[\]{}]+/g;

/**
 * UserLeap's own words about a refusal, for a person to read: from `error` or `message` of a JSON answer, else the
 * text itself; on one line, at most 500 characters, the API key and anything like an e-mail address taken out.
 */
export function readRefusalSentence(status: number, body: string, apiKey: string): string {
  const clean = findSentence(body)
    .replaceAll(apiKey, '[key]')
    // By words: a search for addresses in the whole would take the square of a long answer's length.
    .replace(WORD, (word) => (/.@./.test(word) ? '[email]' : word))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return clean === '' ? `UserLeap answered ${status} without a reason` : [...clean].slice(0, MAX_LENGTH).join('');
}

function findSentence(body: string): string {
  const parsed = parseJson(body);
  if (!isRecord(parsed)) return body;
  return [parsed.error, parsed.message].find(isText) ?? body;
}
