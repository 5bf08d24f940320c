import { BadRequestException, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { about, NUMBER, object, only, TEXT } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { UnconfiguredDestinations } from '../delivery/unconfigured-destinations';
import { BodyReader } from '../http/body-reader';
import { limitOf } from '../http/body-limit';
import { parseJson } from '../http/parse-json';
import { AdminTokenGuard } from './admin-token.guard';
import { ErasureService } from './erasure.service';
import { expectFields, readObject, readText, readTexts } from './read-query';

const BODY_LIMIT = limitOf(16);
const ERASE_CALL = only(
  object(
    {},
    {
      userId: about('Everything of the user', TEXT),
      anonymousId: about('What is held of a visitor whom nobody knows yet', TEXT),
      destination: about('All, unless given', TEXT),
    },
  ),
);

/** What the relay holds of a user. */
@DescribeAdminCalls('Users')
@Controller('api/users')
@UseGuards(AdminTokenGuard)
export class UsersController {
  constructor(
    private readonly bodies: BodyReader,
    private readonly erasure: ErasureService,
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly unconfigured: UnconfiguredDestinations,
  ) {}

  /** Erases it, at one destination or at all; what waits is not sent any more. The same of a visitor. */
  @Post('erase')
  @HttpCode(200)
  @Describe('Erases what the relay holds of a user', { body: ERASE_CALL, answer: object({ erased: NUMBER }) })
  async erase(@Req() { raw }: FastifyRequest): Promise<{ erased: number }> {
    const body = readObject(
      await this.bodies.with(raw, BODY_LIMIT, { isKnown: true }, async (bytes) => parseJson(bytes)),
    );
    expectFields(body, ERASE_CALL.properties);
    const userId = readId('userId', body.userId);
    const anonymousId = readId('anonymousId', body.anonymousId);
    if (userId === undefined && anonymousId === undefined) throw new BadRequestException('userId: expected an id');
    const where = readTexts(body, ['destination']);
    await this.expectKnown(where.destination);
    const held = anonymousId === undefined ? 0 : await this.erasure.eraseHeld({ anonymousId, ...where });
    return { erased: held + (userId === undefined ? 0 : await this.erasure.erase({ userId, ...where })) };
  }

  /** One that was renamed or removed still has what was kept for it. */
  private async expectKnown(destination: string | undefined): Promise<void> {
    const { destinations } = this.config;
    if (destination === undefined || destinations.some(({ name }) => name === destination)) return;
    const names = [...destinations, ...(await this.unconfigured.listAll())].map(({ name }) => name);
    if (!names.includes(destination)) throw new BadRequestException(`destination: expected one of ${names.join(', ')}`);
  }
}

function readId(name: string, value: unknown): string | undefined {
  const id = readText(name, value);
  if (id === '') throw new BadRequestException(`${name}: expected an id`);
  return id;
}
