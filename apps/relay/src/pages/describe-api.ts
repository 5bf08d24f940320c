import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI description of every address of the relay. */
export function describeApi(relay: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('segment-userleap relay')
    .setVersion('1')
    .setDescription('x')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(relay, about);
}
