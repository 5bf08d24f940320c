import { expected, isRecord, SatisfiesIfPresent } from '@segment-userleap/validation';
import { IsId } from './is-id';

/** What every Segment event can carry. Times stay as they came: `eventTime` reads them. */
export class CommonFields {
  @IsId()
  userId?: string | number | null;

  @IsId()
  anonymousId?: string | number | null;

  @SatisfiesIfPresent(isRecord, expected('an object'))
  context?: Readonly<Record<string, unknown>> | null;

  @SatisfiesIfPresent(isRecord, expected('an object'))
  integrations?: Readonly<Record<string, unknown>> | null;

  timestamp?: unknown;
  originalTimestamp?: unknown;
  receivedAt?: unknown;
}

export const COMMON_KEYS = [
  'userId',
  'anonymousId',
  'context',
  'integrations',
  'timestamp',
  'originalTimestamp',
  'receivedAt',
] as const;
