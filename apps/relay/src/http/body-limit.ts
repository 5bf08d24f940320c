import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';

/** How long a body may be, in bytes: as it is sent, and again once it is decompressed. */
export interface BodyLimit {
  readonly bytes: number;
  /** The refusal of a longer one. */
  refuse(): Error;
}

/** Refused with 400, as Segment's HTTP Tracking API does. */
export function limitOf(kilobytes: number): BodyLimit {
  return { bytes: kilobytes * 1024, refuse: () => new BadRequestException(tooLarge(kilobytes)) };
}

/** Refused with 413. */
export function strictLimitOf(kilobytes: number): BodyLimit {
  return { bytes: kilobytes * 1024, refuse: () => new PayloadTooLargeException(tooLarge(kilobytes)) };
}

function tooLarge(kilobytes: number): string {
  return `body: expected at most ${kilobytes} KB`;
}
