import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { AxiosError } from 'axios';
import type { AxiosResponse } from 'axios';

/** Sends requests to UserLeap. Failure is a value: never rejects. */
@Injectable()
export class UserLeapClient {
  constructor(private readonly http: HttpService) {}

  async send({ method, url, headers, body }: UserLeapRequest): Promise<UserLeapReply> {
    try {
      return toReply(await this.http.axiosRef.request<string>({ method, url, headers: { ...headers }, data: body }));
    } catch (error) {
      // The error's text and its config quote the request and the key: nothing of it goes further.
      return { failure: isTimeout(error) ? 'timeout' : 'network_failure' };
    }
  }
}

function toReply({ status, headers, data }: AxiosResponse<string>): UserLeapReply {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return { status, headers: Object.fromEntries(texts), body: data };
}

function isTimeout(error: unknown): boolean {
  return error instanceof AxiosError && (error.code === AxiosError.ECONNABORTED || error.code === AxiosError.ETIMEDOUT);
}
