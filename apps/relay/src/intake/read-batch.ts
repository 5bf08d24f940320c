import { BadRequestException } from '@nestjs/common';
import { expectedText, isRecord } from '@segment-userleap/validation';
import { mergeUnder } from './merge-under';

const MAX_EVENTS = 2_500;
const SHARED_FIELDS = ['context', 'integrations'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** The events of a Tracking API batch, each with what the batch says for all, and when the batch was sent. */
export function readBatch(body: unknown): { events: readonly unknown[]; sentAt: unknown } {
  const fields = isRecord(body) ? body : {};
  const { batch, sentAt } = fields;
  if (!Array.isArray(batch)) throw new BadRequestException(`batch: ${expectedText('a list of events', batch)}`);
  if (batch.length > MAX_EVENTS) throw new BadRequestException(`batch: expected at most ${MAX_EVENTS} events`);
  const shared = readShared(fields);
  return { events: batch.map((event: unknown) => shareWith(event, shared)), sentAt };
}

function readShared(body: Fields): ReadonlyMap<string, Fields> {
  const shared = SHARED_FIELDS.flatMap((name) => {
    const value = body[name];
    if (value === undefined || value === null || isEmptyArray(value)) return [];
    if (!isRecord(value)) throw new BadRequestException(`${name}: ${expectedText('an object', value)}`);
    return [[name, value] as const];
  });
  return new Map(shared);
}

function shareWith(event: unknown, shared: ReadonlyMap<string, Fields>): unknown {
  if (!isRecord(event) || shared.size === 0) return event;
  const merged = [...shared].flatMap(([name, value]) => {
    const own = event[name] ?? {};
    // What has the wrong kind stays: its event is refused for it.
    return isRecord(own) || isEmptyArray(own) ? [[name, mergeUnder(value, isRecord(own) ? own : {})] as const] : [];
  });
  return { ...event, ...Object.fromEntries(merged) };
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
