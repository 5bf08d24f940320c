import { MAX_ATTRIBUTES, MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';

const SHORT_ENOUGH = `of at most ${MAX_TEXT_LENGTH} characters`;
const TOO_LONG = `has more than ${MAX_TEXT_LENGTH} characters`;

/**
 * Every reason code, with its sentence. Codes are stable: metrics, searches and alarms of users rely on them.
 * A sentence names the field and what was expected, never a value.
 */
export const REASONS = {
  // filtered: left out on purpose
  integration_disabled: 'integrations: this event is switched off for UserLeap',
  event_denied: 'event: the name is in the setting denyEvents',
  event_not_allowed: 'event: the name is not in the setting allowEvents',
  no_consent: 'context.consent: the user has not agreed to every category of the setting consentCategories',
  not_sampled: 'userId: the user is not in the percentage of the setting sampleUsers',
  same_user: 'previousId: expected another id than userId; there is nothing to alias',
  nothing_to_alias: 'previousId: UserLeap knows no such user; there is nothing to carry over',
  user_deleted: 'userId: the user was deleted after this event',
  unchanged: 'traits: UserLeap was told this lately, or something newer',

  // unsupported: valid Segment traffic that UserLeap has no place for
  anonymous_user: 'expected an id; UserLeap has no anonymous users',
  unsupported_type: 'type: UserLeap has no place for this kind of call',

  // rejected: can never be delivered
  invalid_event: 'expected an event of the Segment spec',
  missing_user_id: 'expected an id, found none',
  missing_previous_id: 'previousId: expected an id, found none',
  user_id_too_long: `expected an id ${SHORT_ENOUGH}`,
  inexact_user_id: 'expected an id with all its digits: as text, or as a number that loses none (below 2^53)',
  not_an_id:
    'expected an id, found text such as undefined or null that stands for none (the setting acceptOddIds takes it)',
  blank_event_name: 'expected an event name that is not blank',
  event_name_too_long: `expected an event name ${SHORT_ENOUGH}`,
  refused: 'UserLeap refused the request',
  monthly_limit: 'userId: one more than monthlyUsers allows in this month',

  // retry while it can still change, rejected after it
  unknown_user: 'userId: UserLeap does not know this user; send an Identify for it first',

  // retry: not now
  waiting_for_earlier: 'an earlier call for the same user has to go first',
  just_updated: 'UserLeap may still be applying what it was told of the user, who is read a moment later',
  out_of_time: 'the time ran out before this event could be sent',
  rate_limited: 'UserLeap takes no more requests for now (rate limit)',
  server_error: 'UserLeap could not take the request for now (server error)',
  timeout: 'UserLeap did not answer in time',
  network_failure: 'UserLeap could not be reached',
  unexpected_reply: 'UserLeap gave an answer that cannot be read',

  // the destination is set up wrongly, not the event
  unauthorized: 'apiKey: UserLeap refused the key; enter a valid one',
  purge_not_allowed: 'apiKey: UserLeap does not let this key erase users; enter one that may',
  unexpected_redirect: 'endpoint: UserLeap answered with a redirect, which is never followed; enter the final address',
  wrong_endpoint: 'endpoint: there is no UserLeap API at this address; correct it',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** What can be left out or passed over of an event that is delivered all the same. Stable, like the reasons. */
export const WARNINGS = {
  invalid_email: `left out: not a valid e-mail address ${SHORT_ENOUGH}`,
  unsupported_value: 'left out: not a string, a finite number, a boolean or a list of these',
  cannot_unset: 'left out: null; UserLeap cannot unset an attribute',
  reserved_name: 'left out: names that begin with ! are reserved by UserLeap',
  blank_name: 'left out: the name is blank',
  name_too_long: `left out: the name ${TOO_LONG}`,
  value_too_long: `left out: the value ${TOO_LONG}`,
  unreadable_time: 'passed over: not a time from 1970 to 2100 in a form that is read',
  stale_value: 'left out: UserLeap was told a newer value',
  too_many_attributes: `left out: UserLeap keeps ${MAX_ATTRIBUTES} attributes`,
} as const;

export type WarningCode = keyof typeof WARNINGS;

const MISCONFIGURATIONS: readonly ReasonCode[] = [
  'unauthorized',
  'purge_not_allowed',
  'unexpected_redirect',
  'wrong_endpoint',
];

/**
 * True where the destination's settings are to blame, not the event: it cannot be delivered until someone mends them. Nor can
 * any other, except that `purge_not_allowed` is about Deletes alone.
 */
export function isMisconfiguration(reason: ReasonCode): boolean {
  return MISCONFIGURATIONS.includes(reason);
}
