import { BadRequestException, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { previewEvent } from '@segment-userleap/delivery';
import type { Preview } from '@segment-userleap/delivery';
import { expectedText, isRecord } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { PREVIEW, PREVIEW_CALL } from '../api-description/preview-schemas';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { strictLimitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { readJson } from '../http/parse-json';
import { keepIdDigits } from '../intake/keep-id-digits';
import { isDeeperThan, MAX_LEVELS } from '../intake/nesting';
import { AdminTokenGuard } from './admin-token.guard';
import { previewSettings } from './preview-settings';
import { expectFields, readObject } from './read-query';

// An event of a webhook's usual size, and settings with every pattern there can be.
const BODY_LIMIT = strictLimitOf(512);

/** What an event would become: nothing is sent, nothing is kept. */
@DescribeAdminCalls('Preview')
@Controller('api/preview')
@UseGuards(AdminTokenGuard)
export class PreviewController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly bodies: BodyReader,
  ) {}

  @Post()
  @HttpCode(200)
  @Describe('What an event would become; nothing is sent or kept', { body: PREVIEW_CALL, answer: PREVIEW })
  preview(@Req() { raw }: FastifyRequest): Promise<Preview> {
    return this.bodies.with(raw, BODY_LIMIT, { isKnown: true }, async (bytes) => {
      const json = readJson(bytes);
      const body = readObject(json.value);
      expectFields(body, PREVIEW_CALL.properties);
      const { event, settings = {} } = body;
      if (!isRecord(event)) throw new BadRequestException(`event: ${expectedText('an event object', event)}`);
      if (isDeeperThan(event, MAX_LEVELS)) {
        throw new BadRequestException(`event: expected at most ${MAX_LEVELS} levels of nesting`);
      }
      const destination = this.findDestination(body.destination);
      const chosen = previewSettings(destination.settings, settings);
      const exact = keepIdDigits(json, chosen, ['event.']);
      return previewEvent(isRecord(exact) ? exact.event : event, chosen, this.clock.now());
    });
  }

  private findDestination(name: unknown): Destination {
    const { destinations } = this.config;
    const found = name === undefined ? destinations[0] : destinations.find((destination) => destination.name === name);
    if (found) return found;
    const names = destinations.map((destination) => destination.name).join(', ');
    throw new BadRequestException(`destination: expected one of ${names}`);
  }
}
