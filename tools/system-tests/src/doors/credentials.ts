import { createHmac } from 'node:crypto';

/** What a sender shows to be let in, as headers of its call. */
export type Credentials = Readonly<Record<string, string>>;

/** The write key as Basic user name without a password, as SDKs and Direct Destinations send it. */
export function basic(writeKey: string): Credentials {
  return { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` };
}

/** The signature of a text, as Segment's webhooks send it. */
export function signed(secret: string, text: string): Credentials {
  return { 'x-signature': createHmac('sha1', secret).update(text).digest('hex') };
}

/** The settings of a Direct Destination. */
export function segmentSettings(settings: Readonly<Record<string, unknown>>): Credentials {
  return { 'x-segment-settings': Buffer.from(JSON.stringify(settings)).toString('base64') };
}
