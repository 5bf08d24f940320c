import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { HistoryFile } from './history-file';

const GZIP = Buffer.from([0x1f, 0x8b]);
const CHUNK_BYTES = 64 * 1024;

/** The bytes of a file, unpacked where they are gzip, whatever it is called: browsers unpack what they download. */
export async function openFile(
  { path }: Pick<HistoryFile, 'path'>,
  onRead?: (bytes: number) => void,
): Promise<Readable> {
  const isPacked = (await firstBytes(path, GZIP.length)).equals(GZIP);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (onRead) file.on('data', (chunk) => onRead(chunk.length));
  if (!isPacked) return file;
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  file.once('error', (error) => unpacked.destroy(error));
  unpacked.once('close', () => file.destroy());
  return file.pipe(unpacked);
}

/** The text of a file in chunks, without the mark that some programs write before it. */
export async function* readText(bytes: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
