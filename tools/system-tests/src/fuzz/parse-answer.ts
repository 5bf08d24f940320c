/** A whole HTTP answer. Names of headers are lower-case. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What is no HTTP answer. */
export class BadAnswer extends Error {}

const HEAD_END = '\r\n\r\n';
const LINE_END = '\r\n';

/**
 * The first answer in what was received, and what follows it; undefined where more must come. Interim answers are left out.
 * Throws `BadAnswer`. `isEnded` says that nothing more comes.
 */
export function parseAnswer(
  received: Buffer,
  { isHead, isEnded }: { isHead: boolean; isEnded: boolean },
): { answer: Answer; rest: Buffer } | undefined {
  const end = received.indexOf(HEAD_END);
  if (end === -1) return undefined;
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split(LINE_END);
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) [\t\x20-\x7e]*$/.exec(statusLine)?.[1] ?? NaN);
  if (Number.isNaN(status)) throw new BadAnswer('was answered without a status line');
  const headers = new Map(lines.map(readHeader));
  const rest = received.subarray(end + HEAD_END.length);
  if (status < 200) return parseAnswer(rest, { isHead, isEnded });
  if (isHead || status === 204 || status === 304) return { answer: { status, headers, body: '' }, rest };
  const read = readBody(headers, rest, isEnded);
  return read && { answer: { status, headers, body: read.body.toString('utf8') }, rest: read.rest };
}

function readHeader(line: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new BadAnswer('was answered with a line that is no header');
  return [name.toLowerCase(), value];
}

function readBody(
  headers: Answer['headers'],
  rest: Buffer,
  isEnded: boolean,
): { body: Buffer; rest: Buffer } | undefined {
  const length = headers.get('content-length');
  if (headers.get('transfer-encoding') === 'chunked') {
    if (length !== undefined) throw new BadAnswer('was answered with a length and in chunks');
    return readChunks(rest);
  }
  if (length === undefined) return isEnded ? { body: rest, rest: Buffer.alloc(0) } : undefined;
  if (!/^\d+$/.test(length)) throw new BadAnswer('was answered with a length that is no number');
  const size = Number(length);
  return rest.length < size ? undefined : { body: rest.subarray(0, size), rest: rest.subarray(size) };
}

function readChunks(received: Buffer): { body: Buffer; rest: Buffer } | undefined {
  const parts: Buffer[] = [];
  let rest = received;
  for (;;) {
    const lineEnd = rest.indexOf(LINE_END);
    if (lineEnd === -1) return undefined;
    const size = parseInt(rest.subarray(0, lineEnd).toString('latin1'), 16);
    if (Number.isNaN(size)) throw new BadAnswer('was answered with a chunk without size');
    const from = lineEnd + LINE_END.length;
    const next = from + size + LINE_END.length;
    if (rest.length < next) return undefined;
    parts.push(rest.subarray(from, from + size));
    rest = rest.subarray(next);
    if (size === 0) return { body: Buffer.concat(parts), rest };
  }
}
