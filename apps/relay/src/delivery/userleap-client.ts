import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { AxiosError } from 'axios';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { ClientRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { ON_A_NEW_CONNECTION, WHOLE_TIMEOUT_MS } from './http-options';
import { readAnswer } from './read-answer';

const TIMEOUTS: readonly (string | undefined)[] = [
  AxiosError.ECONNABORTED,
  AxiosError.ETIMEDOUT,
  AxiosError.ERR_CANCELED, // by the signal: the whole took too long
];

/** Sends requests to UserLeap. Failure is a value: never rejects. */
@Injectable()
export class UserLeapClient {
  constructor(private readonly http: HttpService) {}

  async send({ method, url, headers, body }: UserLeapRequest): Promise<UserLeapReply> {
    const signal = AbortSignal.timeout(WHOLE_TIMEOUT_MS);
    try {
      const call = { method, url, headers: { ...headers }, data: body, signal };
      const response = await this.request(call).catch((error: unknown) => {
        if (!isClosedBefore(error)) throw error;
        return this.request({ ...call, ...ON_A_NEW_CONNECTION });
      });
      return toReply(response, await readAnswer(response.data, signal));
    } catch (error) {
      // The error's text and its config quote the request and the key: nothing of it goes further.
      return { failure: isTimeout(error) ? 'timeout' : 'network_failure' };
    }
  }

  private request(call: AxiosRequestConfig): Promise<AxiosResponse<Readable>> {
    return this.http.axiosRef.request<Readable>(call);
  }
}

// The server's word for a connection that it has closed, before it answered or while it was written to.
const CLOSED: readonly (string | undefined)[] = ['ECONNRESET', 'EPIPE'];

/** The connection was idle, and closed by UserLeap just as it was used again: nobody has read the request. */
function isClosedBefore(error: unknown): boolean {
  if (!(error instanceof AxiosError) || !CLOSED.includes(error.code)) return false;
  const request: unknown = error.request;
  return error.response === undefined && request instanceof ClientRequest && request.reusedSocket;
}

function toReply({ status, headers }: AxiosResponse, body: string): UserLeapReply {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return { status, headers: Object.fromEntries(texts), body };
}

function isTimeout(error: unknown): boolean {
  return error instanceof AxiosError && TIMEOUTS.includes(error.code);
}
