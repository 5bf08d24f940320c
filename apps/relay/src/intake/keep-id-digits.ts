import type { Settings } from '@segment-userleap/mapping';
import { keepDigits } from '../http/long-integers';
import type { Json } from '../http/parse-json';

// Read whatever the settings say; those of tomorrow may ask for `userId` again when an event is replayed.
const ID_FIELDS = ['userId', 'anonymousId', 'previousId', 'messageId'];
// One event, a webhook's list, a batch; each as it is or in a wrapper of Segment's Extensible Webhook.
const HOLDERS = ['', '[].', 'batch[].', 'json.', '[].json.'];

/**
 * The value of a body whose ids have all their digits: integers of 16 or more digits are text there, in what is kept of an
 * event, too. As JSON numbers they would lose their last ones and be another user's id.
 */
export function keepIdDigits(
  json: Json,
  { userIdFields }: Pick<Settings, 'userIdFields'>,
  holders: readonly string[] = HOLDERS,
): unknown {
  return keepDigits(
    json,
    () => new Set(holders.flatMap((holder) => [...ID_FIELDS, ...userIdFields].map((field) => `${holder}${field}`))),
  );
}
