import { decimalText, reasoned } from '@segment-userleap/mapping';
import type { ReasonedOutcome, Settings } from '@segment-userleap/mapping';
import { isEventType } from '@segment-userleap/segment-events';
import { isRecord, isWellFormed } from '@segment-userleap/validation';
import { createHash, randomUUID } from 'node:crypto';
import type { Destination } from '../config/relay-config';
import { fateOf } from '../outbox/port/fate-of';
import type { NewEvent } from '../outbox/port/outbox.port';
import { eventNameOf } from './event-name-of';
import { findFate } from './find-fate';
import type { FoundFate } from './find-fate';
import { cutBelow, isDeeperThan, MAX_LEVELS } from './nesting';

const MAX_MESSAGE_ID = 100;
// Of an event over a limit, to tell which it is: what is sent many times over must not fill the store.
const KEPT_OF_REFUSED_BYTES = 4 * 1024;

/** An event on its way into the store, and its outcome where there is one already. */
export interface Received {
  readonly newEvent: NewEvent;
  readonly outcome: ReasonedOutcome | undefined;
}

/** An event that is known to be over its limit before it is put together. */
export class TooLong {
  constructor(readonly event: unknown) {}
}

/** An event with what the relay and its batch add to it. Its length is asked of it as it came: senders know no other. */
export class Completed {
  constructor(
    readonly event: unknown,
    readonly came: unknown,
  ) {}
}

interface ReceiveOptions {
  readonly now: number;
  readonly maxBytes?: number | undefined;
  /** What anonymous visitors do is held until it is known whose it is. */
  readonly holds?: boolean;
  /** It is part of a backfill. */
  readonly isBackfilled?: boolean;
}

/** What an event becomes at intake. One over `maxBytes`, or nested too deep, is rejected, and only its beginning kept. */
export function receiveEvent(
  given: unknown,
  { name, settings, bulkUpserts }: Destination,
  { now, maxBytes = Infinity, holds = false, isBackfilled = false }: ReceiveOptions,
): Received {
  const isTooLong = given instanceof TooLong;
  const event = isTooLong || given instanceof Completed ? given.event : given;
  const isTooDeep = isDeeperThan(event, MAX_LEVELS);
  const body = JSON.stringify(isTooDeep ? cutBelow(event, MAX_LEVELS) : event);
  const refusal = isTooDeep
    ? `expected at most ${MAX_LEVELS} levels of nesting`
    : isTooLong || (isLongerThan(maxBytes, body) && cameLongerThan(maxBytes, given))
      ? `expected at most ${maxBytes / 1024} KB`
      : undefined;
  const { outcome, ...kept } =
    refusal === undefined ? findFate(event, settings, now, holds) : refuse(event, settings, `event: ${refusal}`);
  const fields = isRecord(event) ? event : {};
  return {
    newEvent: {
      destination: name,
      messageId: messageIdOf(fields.messageId),
      type: isEventType(fields.type) ? fields.type : 'unknown',
      eventName: eventNameOf(event),
      body: refusal === undefined ? body : beginningOf(body),
      acceptedAt: now,
      ...(isBackfilled ? { isBackfilled } : {}),
      ...kept,
      ...(bulkUpserts ? { fate: inBulk(kept.fate, fields.type) } : {}),
    },
    outcome,
  };
}

/** An Identify may share a request with those of many other users. */
function inBulk(fate: NewEvent['fate'], type: unknown): NewEvent['fate'] {
  return 'lane' in fate && fate.createsUser && type === 'identify' ? { ...fate, mayBulk: true } : fate;
}

function refuse(event: unknown, settings: Settings, message: string): FoundFate {
  const outcome = reasoned('rejected', 'invalid_event', message);
  return { fate: fateOf({ kind: 'settled', outcome }, event, settings), outcome };
}

/** JSON of the beginning of a JSON text, as text: what is not whole must not be taken for the event when it is replayed. */
function beginningOf(body: string): string {
  const bytes = Buffer.from(body.slice(0, KEPT_OF_REFUSED_BYTES)).subarray(0, KEPT_OF_REFUSED_BYTES);
  // Half a character at the end is left out.
  return JSON.stringify(new TextDecoder().decode(bytes, { stream: true }));
}

/** Asked of the few that are too long as they are kept. */
function cameLongerThan(bytes: number, given: unknown): boolean {
  return !(given instanceof Completed) || isLongerThan(bytes, JSON.stringify(given.came));
}

function isLongerThan(bytes: number, text: string): boolean {
  // Few are long enough to be worth counting: UTF-8 takes three bytes a unit at most.
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}

/**
 * The id under which a repeated event is recognised; one that a store cannot hold as it is by its digest. A number that has
 * lost digits is none: events of other ids would be taken for repetitions.
 */
function messageIdOf(given: unknown): string {
  const id = typeof given === 'number' ? decimalText(given) : given;
  if (typeof id !== 'string' || id === '') return randomUUID();
  if (id.length <= MAX_MESSAGE_ID && isWellFormed(id) && !id.includes('\0')) return id;
  return createHash('sha256').update(JSON.stringify(id)).digest('hex');
}
