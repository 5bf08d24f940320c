import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { REASONS } from '@segment-userleap/mapping';
import type { BulkRequest, UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { HttpContent } from './create-http-service';
import type { HttpAnswer } from './http-answer';
import { ProxyFailure } from './proxy-connector';
import { RequestTimeout } from './request-timeout';

/** Sends requests to UserLeap. Failure is a value: never rejects. */
@Injectable()
export class UserLeapClient {
  constructor(private readonly http: HttpService) {}

  async send({ method, url, headers, body }: UserLeapRequest | BulkRequest): Promise<UserLeapReply> {
    try {
      const content: HttpContent = { headers, body };
      const { data } = await this.http.axiosRef.request<HttpAnswer>({ method, url, data: content });
      const texts = Object.entries(data.headers).map(([name, value]) => [name, String(value)] as const);
      return { status: data.status, headers: Object.fromEntries(texts), body: data.body };
    } catch (error) {
      if (error instanceof ProxyFailure) {
        return { failure: 'network_failure', note: `${REASONS.network_failure}: ${error.message}` };
      }
      // The error's text may quote the request and the key: nothing of it goes further.
      return { failure: error instanceof RequestTimeout ? 'timeout' : 'network_failure' };
    }
  }
}
