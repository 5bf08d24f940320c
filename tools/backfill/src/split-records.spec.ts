import type { HistoryRecord } from './history-record';
import { splitLines } from './split-lines';
import { splitList } from './split-list';

type Split = typeof splitLines;

/** What a text becomes, whatever chunks it comes in. */
async function split(how: Split, text: string): Promise<readonly HistoryRecord[]> {
  const results = await Promise.all([1, 2, 7, text.length + 1].map((length) => collect(how, chunksOf(text, length))));
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0] ?? [];
}

async function collect(how: Split, chunks: AsyncIterable<string>): Promise<readonly HistoryRecord[]> {
  const all: HistoryRecord[] = [];
  for await (const records of how(chunks)) all.push(...records);
  return all;
}

async function* chunksOf(text: string, length: number): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

function json(place: number, text: string): HistoryRecord {
  return { kind: 'json', place, text };
}

describe(splitLines.name, () => {
  it('numbers lines, and passes over blank ones', async () => {
    expect(await split(splitLines, '{"a":1}\n\n \r\n{"b":2}\r\n{"c":3}')).toEqual([
      json(1, '{"a":1}'),
      json(4, '{"b":2}\r'),
      json(5, '{"c":3}'),
    ]);
  });

  it('finds none in an empty text', async () => {
    expect(await split(splitLines, '')).toEqual([]);
    expect(await split(splitLines, '\n\n')).toEqual([]);
  });

  it('names a line that is far too long, and goes on behind it', async () => {
    const chunks = chunksOf(`{"a":1}\n"${'x'.repeat(3_000_000)}"\n{"b":2}\n`, 65_536);
    expect(await collect(splitLines, chunks)).toEqual([
      json(1, '{"a":1}'),
      { kind: 'broken', place: 2, why: 'expected at most 64 KB' },
      json(3, '{"b":2}'),
    ]);
  });
});

describe(splitList.name, () => {
  it('gives the items of a list as they stand there', async () => {
    const text = ' [ {"a":[1,{"b":"}],["}]} ,\n{"c":"\\"]"},\n 3, "x,y" ] ';
    expect(await split(splitList, text)).toEqual([
      json(1, '{"a":[1,{"b":"}],["}]}'),
      json(2, '{"c":"\\"]"}'),
      json(3, '3'),
      json(4, '"x,y"'),
    ]);
  });

  it('finds none in an empty list', async () => {
    expect(await split(splitList, '[ ]')).toEqual([]);
  });

  it('names the end of a file in the middle of the list', async () => {
    expect(await split(splitList, '[{"a":1},{"b":')).toEqual([
      json(1, '{"a":1}'),
      { kind: 'broken', place: 2, why: 'expected the end of the list, found that of the file' },
    ]);
  });

  it('names what stands behind the list', async () => {
    expect(await split(splitList, '[1] [2]')).toEqual([
      json(1, '1'),
      { kind: 'broken', place: 2, why: 'expected nothing behind the list' },
    ]);
  });
});
