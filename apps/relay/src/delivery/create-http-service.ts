import { HttpService } from '@nestjs/axios';
import { Axios, AxiosHeaders } from 'axios';
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { HttpAnswer } from './http-answer';
import type { HttpRequest } from './http-connection';
import { HttpConnections } from './http-connections';

/** What a request carries, and what its `data` is: axios would read headers of its own several times, and write them anew. */
export type HttpContent = Pick<HttpRequest, 'headers' | 'body'>;

/**
 * Axios over connections of ours: its own adapter costs four times as much of the processor as the rest of a request does. It
 * has none of axios' defaults, which would be merged and normalised at each request. `proxy`: what is encrypted goes through it.
 */
export function createHttpService(proxy?: URL): HttpService {
  const connections = new HttpConnections(proxy);
  const adapter = async (config: InternalAxiosRequestConfig<HttpContent>): Promise<AxiosResponse<HttpAnswer>> => {
    const { url = '', method = 'GET', data } = config;
    const { origin, pathname, search } = new URL(url);
    const answer = await connections.send(origin, {
      method: method.toUpperCase() as HttpRequest['method'],
      path: pathname + search,
      headers: { ...HEADERS, ...data?.headers },
      body: data?.body,
    });
    return { status: answer.status, statusText: '', headers: IN_DATA, data: answer, config };
  };
  // What is called is its method alone: nobody calls the instance itself.
  return new HttpService(new Axios({ adapter }) as AxiosInstance);
}

const IN_DATA = new AxiosHeaders();

// A small answer could unfold to a huge one.
const HEADERS = {
  Accept: 'application/json, text/plain, */*',
  'Accept-Encoding': 'identity',
  'User-Agent': 'segment-userleap',
};
