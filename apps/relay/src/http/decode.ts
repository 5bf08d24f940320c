import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { isRecord } from '@segment-userleap/validation';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { BodyLimit } from './body-limit';

/** Undoes a content encoding. Throws the limit's refusal of what becomes longer, 400 on what is not encoded like that. */
export type Decode = (body: Buffer, limit: BodyLimit) => Promise<Buffer>;

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const GZIP = decodeBy(promisify(gunzip));
const DEFLATE = decodeBy(promisify(inflate));
const BROTLI = decodeBy(promisify(brotliDecompress));

/** What undoes the encoding that a `Content-Encoding` names; undefined for none. Throws 415 on one that is not known. */
export function decodeOf(contentEncoding: string | undefined): Decode | undefined {
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

function decodeBy(decompress: Decompress): Decode {
  return async (body, limit) => {
    try {
      return await decompress(body, { maxOutputLength: limit.bytes });
    } catch (error) {
      if (isRecord(error) && error.code === 'ERR_BUFFER_TOO_LARGE') throw limit.refuse();
      throw new BadRequestException('body: expected to be complete, and encoded as content-encoding says');
    }
  };
}
