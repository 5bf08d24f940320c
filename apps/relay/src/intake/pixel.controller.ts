import { Controller, Get, Header, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import { routeEvent } from '@segment-userleap/mapping';
import { isRecord } from '@segment-userleap/validation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describe, DescribeIntakeCalls } from '../api-description/describe';
import { IMAGE } from '../api-description/intake-schemas';
import { oneOf, TEXT } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { RefusedCalls } from '../http/refused-calls';
import { findDestination, readWrittenKey, WRONG_KEY } from './credentials';
import { IntakeService } from './intake.service';
import { keepIdDigits } from './keep-id-digits';
import { readPixel } from './read-pixel';
import { stampFor } from './stamp-events';

// Whoever can make somebody look at an image must not be able to erase users by it.
const TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
const EMPTY_IMAGE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Segment's Pixel API, and RudderStack's: an image in a mail, whose address is an event. */
@DescribeIntakeCalls('Tracking API')
@Controller()
export class PixelController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly refused: RefusedCalls,
    private readonly intake: IntakeService,
  ) {}

  @Get(['v1/pixel/:type', 'pixel/v1/:type'])
  @Header('cache-control', 'no-store')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Describe('An event as the address of an image', {
    parts: { type: oneOf(...TYPES) },
    query: {
      data: {
        ...TEXT,
        description:
          'the event, its `writeKey` in it, as JSON in base64; without it, the other parameters are the event',
      },
      writeKey: { ...TEXT, description: 'a write key, where there is no `data`' },
    },
    answer: IMAGE,
    contentType: 'image/gif',
  })
  async show(
    @Param('type') given: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() { ip, method }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const type = TYPES.find((one) => one === given);
    if (!type) throw new NotFoundException(`type: expected one of ${TYPES.join(', ')}`);
    const json = readPixel(query);
    const destination = findDestination(this.config.destinations, readWrittenKey(json.value));
    if (!destination) return this.refused.refuse(ip, WRONG_KEY);
    const body = keepIdDigits(json, destination.settings);
    const event = { ...(isRecord(body) ? body : {}), type };
    // Scanners of mails ask for headers alone. An event that is wrong becomes a dead letter: nobody reads what a mail is answered.
    if (method !== 'HEAD') {
      const stamp = stampFor([event], this.clock.now());
      await this.intake.acceptAll(destination, [routeEvent(stamp(event), destination.settings)]);
    }
    // Not before: errors are no images.
    reply.type('image/gif');
    return EMPTY_IMAGE;
  }
}
