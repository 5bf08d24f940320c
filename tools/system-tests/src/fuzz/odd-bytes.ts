import { CANARY } from './hostile-case';

/** Of bodies. */
export const LENGTHS = ['-1', '+5', '5, 5', '0x5', '99999999999999999999', CANARY, '5 5', '5.0', ''] as const;
/** What may follow good chunks, badly. */
export const BAD_CHUNKS = ['xyz\r\n', '-1\r\na\r\n', `ffffffffffffffffff\r\n`, '5\r\nabc\r\n0\r\n\r\n', '5\nabcde\r\n', '\r\n',
  `5;${CANARY.repeat(3_000)}\r\nabcde\r\n`, '5\r\nabcdefgh\r\n0\r\n\r\n', '0x5\r\nabcde\r\n0\r\n\r\n', '5\r\nabcdeXX',
] as const; // oxfmt-ignore
/** None of them is an HTTP request as it should be. */
export const NOISE = ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'GET /\r\n\r\n', '\0\0\0\0\r\n',
  `${CANARY}\r\n\r\n`, 'POST /v1/batch HTTP/9.9\r\n\r\n', 'POST  /v1/batch  HTTP/1.1\r\n\r\n', 'post /v1/batch HTTP/1.1\r\n\r\n',
  'POST /v1/batch HTTP/1.1\r\nHost : a\r\n\r\n', 'POST /v1/batch HTTP/1.1\r\n: a\r\n\r\n', 'POST /v1/batch\r\nHost: a\r\n\r\n',
  'POST /v1/batch HTTP/1.1\r\nHost: a\r\nA\x00B: c\r\n\r\n', 'POST /v1/batch HTTP/1.1\r\nHost: a\r\nA: \x00\r\n\r\n',
  'POST /v1/batch HTTP/1.1\r\n\r\n', 'POST /v1/batch HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n', '\r\n'.repeat(3) + 'X\r\n\r\n',
] as const; // oxfmt-ignore
