import { Readable } from 'node:stream';
import type { HistoryRecord } from './history-record';
import { readCsv } from './read-csv';

async function read(text: string, length = text.length): Promise<readonly HistoryRecord[]> {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += length) chunks.push(bytes.subarray(at, at + length));
  const all: HistoryRecord[] = [];
  for await (const records of readCsv(Readable.from(chunks))) all.push(...records);
  return all;
}

function row(place: number, ...cells: string[]): HistoryRecord {
  return { kind: 'row', place, cells };
}

describe(readCsv.name, () => {
  it.each([',', ';', '\t'])('takes columns that are parted by %j', async (delimiter) => {
    const text = ['user_id,plan', 'u1,"a,b;c\td"'].join('\n');
    expect(await read(text.replace('id,plan', `id${delimiter}plan`).replace('u1,', `u1${delimiter}`))).toEqual([
      row(1, 'user_id', 'plan'),
      row(2, 'u1', 'a,b;c\td'),
    ]);
  });

  it('takes quotes, line breaks and umlauts in fields, and the mark at the beginning, in whatever chunks they come', async () => {
    const text = '\uFEFFuser_id;note\r\nu1;"She said ""no"",\r\nand left"\r\n\r\nu2;5" screen\r\nu3;Jürgen\r\n';
    const expected = [
      row(1, 'user_id', 'note'),
      row(3, 'u1', 'She said "no",\r\nand left'),
      row(5, 'u2', '5" screen'),
      row(6, 'u3', 'Jürgen'),
    ];
    expect(await read(text)).toEqual(expected);
    expect((await read(text, 20)).map((record) => ('cells' in record ? record.cells : record))).toEqual(
      expected.map((record) => ('cells' in record ? record.cells : record)),
    );
  });

  it('names a row with another number of columns, and goes on', async () => {
    expect(await read('a,b\n1,2,3\n4\n5,6\n')).toEqual([
      row(1, 'a', 'b'),
      { kind: 'broken', place: 2, why: 'expected 2 columns, found 3' },
      { kind: 'broken', place: 3, why: 'expected 2 columns, found 1' },
      row(4, '5', '6'),
    ]);
  });

  it('names a quote that is never closed', async () => {
    expect(await read('a,b\n1,2\n3,"4\n5,6\n')).toEqual([
      row(1, 'a', 'b'),
      row(2, '1', '2'),
      { kind: 'broken', place: 4, why: 'a quote is opened and never closed' },
    ]);
  });

  it('finds none in an empty file', async () => {
    expect(await read('')).toEqual([]);
  });
});
