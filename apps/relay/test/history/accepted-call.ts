import { mapEvent } from '@segment-userleap/mapping';
import type { Destination } from '../../src/config/relay-config';
import { fateOf } from '../../src/outbox/port/fate-of';
import type { NewEvent } from '../../src/outbox/port/outbox.port';
import { CUSTOMERS } from './arbitrary-history';
import type { CallKind } from './arbitrary-history';
import { POISONED_EVENT, POISONED_TRAIT } from './userleap-model';

/** A call that was accepted; `number` counts them, and `at` is its own time: later calls have later ones. */
export interface AcceptedCall {
  readonly number: number;
  readonly kind: CallKind;
  readonly userId: string;
  readonly isPoison: boolean;
  readonly at: number;
  /** Milliseconds of the time that passes. */
  readonly acceptedAt: number;
}

/** The trait that says how new the user's last Identify is. */
export function newestTrait(userId: string): string {
  return `newest of ${userId}`;
}

/** The new user of an Alias. */
export function aliasedTo({ number }: Pick<AcceptedCall, 'number'>): string {
  return CUSTOMERS[number % CUSTOMERS.length] ?? '';
}

export function messageIdOf({ number }: Pick<AcceptedCall, 'number'>): string {
  return `message ${number}`;
}

/** The call as the relay accepts it, now by its clock. */
export function newEventOf(
  call: AcceptedCall,
  fillerBytes: number,
  { name, settings }: Destination,
  now: number,
): NewEvent {
  const messageId = messageIdOf(call);
  const filler = fillerBytes === 0 ? {} : { filler: 'x'.repeat(fillerBytes) };
  const times = { timestamp: new Date(call.at).toISOString(), receivedAt: new Date(now).toISOString() };
  const event = { ...contentOf(call), ...filler, ...times, messageId };
  const fate = fateOf(mapEvent(event, settings, now), event, settings);
  return { destination: name, messageId, type: call.kind, body: JSON.stringify(event), acceptedAt: now, fate };
}

function contentOf(call: AcceptedCall): object {
  const { kind: type, userId, isPoison, number } = call;
  switch (type) {
    case 'identify':
      return {
        type,
        userId,
        traits: { [newestTrait(userId)]: number, ...(isPoison ? { [POISONED_TRAIT]: true } : {}) },
      };
    case 'track':
      return { type, userId, event: isPoison ? POISONED_EVENT : `Event ${number % 3}` };
    case 'alias':
      return { type, previousId: userId, userId: aliasedTo(call) };
    case 'delete':
      return { type, userId };
  }
}
