import { BadRequestException } from '@nestjs/common';
import { expectedText, isRecord } from '@segment-userleap/validation';
import { bytesUnder, measureShared } from './measure-shared';
import { mergeUnder } from './merge-under';

const MAX_EVENTS = 2_500;
// Four times as much as a batch may be long itself: a call must not write forty times as many bytes as it has.
const MAX_SHARED_MEGABYTES = 16;
const SHARED_FIELDS = ['context', 'integrations'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** A Tracking API batch. */
export interface Batch {
  /** As they stand there. */
  readonly events: readonly unknown[];
  readonly sentAt: unknown;
  /** How many bytes an event would be longer with what the batch says for all. */
  bytesShared(event: unknown): number;
  /** The event with that. */
  share(event: unknown): unknown;
}

/**
 * Reads a batch. Nothing is merged before it is asked for: a short text may say much for many. Refuses what would be too much with
 * all events together; an event for which it is more than `maxShared` bytes is taken to be refused for itself.
 */
export function readBatch(body: unknown, maxShared: number): Batch {
  const fields = isRecord(body) ? body : {};
  const { batch, sentAt } = fields;
  if (!Array.isArray(batch)) throw new BadRequestException(`batch: ${expectedText('a list of events', batch)}`);
  if (batch.length > MAX_EVENTS) throw new BadRequestException(`batch: expected at most ${MAX_EVENTS} events`);
  const shared = readShared(fields).map(([name, value]) => [name, value, measureShared(value)] as const);
  const bytesShared = (event: unknown): number =>
    shared.reduce((sum, [name, , measured]) => {
      const own = fieldsBelow(event, name);
      return own ? sum + bytesUnder(measured, own) : sum;
    }, 0);
  if (shared.length > 0) refuseTooMuch(batch.map(bytesShared).filter((bytes) => bytes <= maxShared));
  return {
    events: batch,
    sentAt,
    bytesShared,
    share: (event) => {
      const merged = shared.flatMap(([name, value]) => {
        const own = fieldsBelow(event, name);
        return own ? [[name, mergeUnder(value, own)] as const] : [];
      });
      return merged.length === 0 ? event : { ...(event as Fields), ...Object.fromEntries(merged) };
    },
  };
}

function refuseTooMuch(bytes: readonly number[]): void {
  if (bytes.reduce((sum, one) => sum + one, 0) <= MAX_SHARED_MEGABYTES * 1024 * 1024) return;
  throw new BadRequestException(
    `batch: expected at most ${MAX_SHARED_MEGABYTES} MB of context and integrations, counted once for each event`,
  );
}

function readShared(body: Fields): readonly (readonly [name: string, value: Fields])[] {
  return SHARED_FIELDS.flatMap((name) => {
    const value = body[name];
    if (value === undefined || value === null || isEmptyArray(value)) return [];
    if (!isRecord(value)) throw new BadRequestException(`${name}: ${expectedText('an object', value)}`);
    return [[name, value] as const];
  });
}

/** What an event says itself there. Undefined where nothing can be merged below that: it is refused for its wrong kind. */
function fieldsBelow(event: unknown, name: string): Fields | undefined {
  if (!isRecord(event)) return undefined;
  const own = event[name] ?? {};
  if (isRecord(own)) return own;
  return isEmptyArray(own) ? {} : undefined;
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
