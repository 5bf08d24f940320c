import { Controller, Get, Header, Inject, NotFoundException, Param, Query, Req } from '@nestjs/common';
import { isText } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeIntakeCalls } from '../api-description/describe';
import { INTEGRATIONS, PROJECT_SETTINGS, SOURCE_CONFIG } from '../api-description/sdk-settings-schemas';
import { TEXT } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { RefusedCalls } from '../http/refused-calls';
import { findDestination, readBasicUser, WRONG_KEY } from './credentials';
import { PROJECT_INTEGRATIONS, projectSettings, sourceConfig } from './sdk-settings';
import type { ProjectIntegration, ProjectSettings, SourceConfig } from './sdk-settings';

// A host with its port. What is none is nobody's who means well.
const HOST = /^([a-z\d_.-]+|\[[\da-f:.]+\])(:\d+)?$/i;
// Every page asks for them before its first event. No cache that several browsers share may keep a host that one of them named.
const CACHING = 'private, max-age=300';

/** What SDKs in browsers and on phones ask for before they send anything, for the relay's own write keys. */
@DescribeIntakeCalls('Settings of SDKs')
@Controller()
export class SdkSettingsController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly refused: RefusedCalls,
  ) {}

  @Get('v1/projects/:writeKey/settings')
  @Header('cache-control', CACHING)
  @Describe('What Segment’s SDKs ask for before they send', { answer: PROJECT_SETTINGS })
  async project(@Param('writeKey') key: string, @Req() request: FastifyRequest): Promise<ProjectSettings> {
    await this.refuseUnknown(key, request);
    return projectSettings(key, HOST.test(request.host) ? request.host : undefined);
  }

  @Get('v1/projects/:writeKey/integrations')
  @Header('cache-control', CACHING)
  @Describe('What Segment’s consent manager asks its visitors about', { answer: INTEGRATIONS })
  async integrations(
    @Param('writeKey') key: string,
    @Req() request: FastifyRequest,
  ): Promise<readonly ProjectIntegration[]> {
    await this.refuseUnknown(key, request);
    return PROJECT_INTEGRATIONS;
  }

  @Get('sourceConfig')
  @Header('cache-control', CACHING)
  @Describe('What RudderStack’s SDKs ask for before they send', {
    query: { writeKey: { ...TEXT, description: 'unless it is the user name of Basic credentials' } },
    answer: SOURCE_CONFIG,
  })
  async source(@Query('writeKey') asked: unknown, @Req() request: FastifyRequest): Promise<SourceConfig> {
    const key = readBasicUser(request.headers.authorization) ?? (isText(asked) ? asked : '');
    await this.refuseUnknown(key, request);
    return sourceConfig(key);
  }

  private async refuseUnknown(key: string, { ip }: FastifyRequest): Promise<void> {
    if (findDestination(this.config.destinations, key)) return;
    // SDKs take any other refusal for a failure that passes.
    await this.refused.refuse(ip, WRONG_KEY, new NotFoundException(WRONG_KEY));
  }
}
