import { Module } from '@nestjs/common';
import { BodyReader } from './body-reader';

/** What every door of the relay shares. */
@Module({ providers: [BodyReader], exports: [BodyReader] })
export class HttpServerModule {}
