import { BadAnswer, parseAnswer } from './parse-answer';

const HEAD = 'HTTP/1.1 200 OK\r\nX-A: b\r\n';

function parse(text: string, { isHead = false, isEnded = false } = {}) {
  return parseAnswer(Buffer.from(text, 'latin1'), { isHead, isEnded });
}

describe(parseAnswer.name, () => {
  it.each([
    ['with a length', `${HEAD}Content-Length: 2\r\n\r\n{}more`, {}, '{}', 'more'],
    ['in chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a\r\n}\r\n0\r\n\r\nmore`, {}, '{}', 'more'],
    ['that goes on to the end', `${HEAD}\r\n{}`, { isEnded: true }, '{}', ''],
    ['of a HEAD', `${HEAD}Content-Length: 2\r\n\r\nmore`, { isHead: true }, '', 'more'],
    ['after an interim one', `HTTP/1.1 100 Continue\r\n\r\n${HEAD}Content-Length: 0\r\n\r\n`, {}, '', ''],
  ])('reads an answer %s', (_, text, options, body, rest) => {
    const parsed = parse(text, options);
    expect([parsed?.answer.status, parsed?.answer.headers.get('x-a'), parsed?.answer.body]).toEqual([200, 'b', body]);
    expect(parsed?.rest.toString()).toBe(rest);
  });

  it.each([
    ['a head', 'HTTP/1.1 200 OK\r\nX-A'],
    ['a body', `${HEAD}Content-Length: 3\r\n\r\n{}`],
    ['a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nab`],
    ['an end', `${HEAD}\r\n{}`],
  ])('waits for the rest of %s', (_, text) => {
    expect(parse(text)).toBeUndefined();
  });

  it.each([
    ['no status line', '<html>\r\n\r\n'],
    ['a status of another kind', 'HTTP/1.1 099 OK\r\n\r\n'],
    ['a header without name', 'HTTP/1.1 200 OK\r\n: b\r\n\r\n'],
    ['a folded header', `${HEAD} c\r\n\r\n`],
    ['a length that is no number', `${HEAD}Content-Length: -1\r\n\r\n`],
    ['a length and chunks', `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['a chunk without size', `${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(BadAnswer);
  });
});
