import { HttpException } from '@nestjs/common';

/** 429, with the time after which the sender may try again. */
export class ComeBackLater extends HttpException {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message, 429);
  }
}
