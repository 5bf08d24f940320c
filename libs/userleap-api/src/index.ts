export { environmentText } from './api-credentials';
export type { ApiCredentials } from './api-credentials';
export { buildKeyCheck, judgeKeyCheck } from './check-key';
export type { KeyCheck } from './check-key';
export { BULK_CALL, buildBulkRequest, bulkColumnsOf, classifyBulkReply, MAX_BULK_ROWS } from './bulk-upsert';
export type { BulkRequest } from './bulk-upsert';
export { classifyReply } from './classify-reply';
export type { ReplyClass } from './classify-reply';
export { isEmailAddress } from './is-email-address';
export {
  MAX_ATTRIBUTES,
  MAX_EVENTS_PER_UPSERT,
  MAX_PURGED_USERS,
  MAX_TEXT_LENGTH,
  MAX_UPSERT_BYTES,
  MAX_URL_PATTERN_LENGTH,
} from './limits';
export type { UserLeapReply } from './reply';
export { buildLookupRequest, buildPurgeRequest, buildUpsertRequest, CALLS } from './requests';
export type { UserLeapRequest } from './requests';
export { readRetryDelay } from './retry-delay';
export { parseUserProfile } from './user-profile';
export type { UserProfile } from './user-profile';
export type { AttributeValue, UserEvent, UserUpsert } from './user-upsert';
