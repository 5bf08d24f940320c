import { Module } from '@nestjs/common';
import { BodyReader } from './body-reader';
import { RefusedCalls } from './refused-calls';

/** What every door of the relay shares. */
@Module({ providers: [BodyReader, RefusedCalls], exports: [BodyReader, RefusedCalls] })
export class HttpServerModule {}
