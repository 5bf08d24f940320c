import { UnsupportedMediaTypeException } from '@nestjs/common';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Transform } from 'node:stream';

/** Undoes a content encoding. `memory`: about what it takes beside its output, in bytes. */
export interface Decoder {
  readonly memory: number;
  create(): Transform;
}

const GZIP: Decoder = { memory: 64 * 1024, create: () => createGunzip() };
const DEFLATE: Decoder = { memory: 64 * 1024, create: () => createInflate() };
// A sender chooses how far back its text may refer: up to 16 MB.
const BROTLI: Decoder = { memory: 16 * 1024 * 1024, create: () => createBrotliDecompress() };

/** The decoder that a `Content-Encoding` asks for; undefined for none. Throws 415 on one that is not known. */
export function decoderOf(contentEncoding: string | undefined): Decoder | undefined {
  switch (contentEncoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return GZIP;
    case 'deflate':
      return DEFLATE;
    case 'br':
      return BROTLI;
    default:
      throw new UnsupportedMediaTypeException('content-encoding: expected gzip, deflate, br or none');
  }
}
