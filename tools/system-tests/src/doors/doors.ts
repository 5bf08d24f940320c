import { gzipSync } from 'node:zlib';
import type { TestedDestination } from '../tested-destination';
import type { CallOptions } from './call';
import { basic, segmentSettings, signed } from './credentials';
import type { DoorEvent } from './door-events';

/** One way into the relay. */
export interface Door {
  readonly name: string;
  /** The call that hands an event over. */
  readonly callFor: (event: DoorEvent, destination: TestedDestination) => DoorCall;
  /** One event a call, so that the answer is about it: 400 where it is wrong. */
  readonly isForOne?: boolean;
  /** The door says of a single event that it is not supported, with 501. */
  readonly tellsUnsupported?: boolean;
  /** Nobody has routed the event before this door: `All: false` counts. */
  readonly isFirst?: boolean;
}

export interface DoorCall extends CallOptions {
  readonly path: string;
}

const SHORT_PATHS: Readonly<Record<string, string>> = {
  identify: 'i',
  track: 't',
  page: 'p',
  screen: 's',
  group: 'g',
  alias: 'a',
};

/** Every way into the relay, for a destination with `trackScreens`: a Direct Destination says so, too. */
export const DOORS: readonly Door[] = [
  {
    name: 'a call of the Tracking API',
    isForOne: true,
    isFirst: true,
    callFor: ({ type, ...body }, { writeKey }) => ({ path: `/v1/${type}`, headers: basic(writeKey), body }),
  },
  {
    name: 'a short path of the Tracking API',
    isForOne: true,
    isFirst: true,
    callFor: ({ type, ...body }, { writeKey }) => ({
      path: `/v1/${SHORT_PATHS[type] ?? type}`,
      body: { ...body, writeKey },
    }),
  },
  {
    name: 'a batch',
    isFirst: true,
    callFor: (event, { writeKey }) => ({ path: '/v1/batch', headers: basic(writeKey), body: { batch: [event] } }),
  },
  {
    name: 'an import',
    isFirst: true,
    callFor: (event, { writeKey }) => ({ path: '/v1/import', body: { batch: [event], writeKey } }),
  },
  {
    name: 'a batch behind a host with a slash',
    isFirst: true,
    callFor: (event, { writeKey }) => ({ path: '//v1/import/', headers: basic(writeKey), body: { batch: [event] } }),
  },
  {
    name: 'a beacon',
    isFirst: true,
    callFor: (event, { writeKey }) => ({
      path: `/beacon/v1/batch?writeKey=${writeKey}`,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: { batch: [event] },
    }),
  },
  {
    name: 'a compressed batch',
    isFirst: true,
    callFor: (event, { writeKey }) => ({
      path: '/v1/batch',
      headers: { ...basic(writeKey), 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ batch: [event] })),
    }),
  },
  {
    name: 'a webhook with a write key',
    callFor: (event, { writeKey }) => ({ path: '/webhooks/segment', headers: basic(writeKey), body: event }),
    isForOne: true,
    tellsUnsupported: true,
  },
  {
    name: 'a webhook with a signature',
    callFor: (event, { name }) => {
      const body = JSON.stringify(event);
      return { path: '/webhooks/segment', headers: signed(sharedSecretOf(name), body), body };
    },
    isForOne: true,
    tellsUnsupported: true,
  },
  {
    name: 'a webhook with a wrapper',
    callFor: (event, { writeKey }) => ({ path: '/webhooks/segment', headers: basic(writeKey), body: { json: event } }),
    isForOne: true,
    tellsUnsupported: true,
  },
  {
    name: 'a webhook with a list',
    callFor: (event, { name, writeKey }) => ({
      path: `/webhooks/segment/${name}`,
      headers: basic(writeKey),
      body: [event],
    }),
  },
  {
    name: 'a webhook with a signed list in wrappers',
    callFor: (event, { name }) => {
      const element = JSON.stringify({ json: event });
      return {
        path: `/webhooks/segment/${name}`,
        headers: signed(sharedSecretOf(name), element),
        body: `[${element}]`,
      };
    },
  },
  {
    name: 'a Direct Destination',
    callFor: (event, { writeKey }) => ({
      path: '/webhooks/segment',
      headers: { ...basic(writeKey), ...segmentSettings({ apiKey: writeKey, trackScreens: true, other: 'x' }) },
      body: event,
    }),
    isForOne: true,
    tellsUnsupported: true,
  },
];

/** The shared secret of a destination that is to be entered through every door; its name may hold spaces. */
export function sharedSecretOf(destination: string): string {
  return `shared-secret-of-${destination.replaceAll(' ', '-')}`;
}
