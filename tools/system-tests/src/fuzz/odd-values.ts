import { CANARY } from './hostile-case';

/** Of events. */
export const FIELDS = [
  'userId',
  'messageId',
  'type',
  'event',
  'name',
  'traits',
  'properties',
  'context',
  'integrations',
  'timestamp',
  'originalTimestamp',
  'sentAt',
  'anonymousId',
  'previousId',
  'groupId',
  'writeKey',
] as const;

/** JSON. */
export const ODD_VALUES = [
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '""',
  '" "',
  '[]',
  '{}',
  '[null]',
  '[[[]]]',
  '{"toString": 1, "valueOf": null, "toJSON": "x", "then": 1}',
  `{"length": 4294967295, "0": "${CANARY}"}`,
  `"${CANARY}"`,
  '"2026-13-45T99:99:99Z"',
  '"+275760-09-13T00:00:00.001Z"',
  '8640000000000001',
] as const;

/** Not all of them are JSON. */
export const ODD_NUMBERS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1e999',
  '-0',
  '1e-400',
  '0x10',
  '01',
  '1.',
  '.5',
  '+1',
  '9007199254740993',
  `1${'0'.repeat(400)}`,
  `0.${'3'.repeat(2_000)}`,
] as const;

/** As JSON writes them, by name. */
export const ODD_CHARACTERS = {
  'a lone surrogate': ['\\ud800', '\\udc00', '\\udfff\\ud800'],
  'a NUL': ['\\u0000', '\\u0000\\u0000'],
  'a control character': ['\\u001b[31m', '\\r\\nSet-Cookie: a=b', '\\u2028', '\\u202e', '\\ufeff'],
} as const;
