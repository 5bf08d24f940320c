import { expected, isRecord, SatisfiesIfPresent } from '@segment-userleap/validation';

/** What every Segment event can carry. Ids and times stay as they came: they are checked where they are read. */
export class CommonFields {
  @SatisfiesIfPresent(isRecord, expected('an object'))
  context?: Readonly<Record<string, unknown>> | null;

  @SatisfiesIfPresent(isRecord, expected('an object'))
  integrations?: Readonly<Record<string, unknown>> | null;

  timestamp?: unknown;
  originalTimestamp?: unknown;
  receivedAt?: unknown;
}

export const COMMON_KEYS = ['context', 'integrations', 'timestamp', 'originalTimestamp', 'receivedAt'] as const;
