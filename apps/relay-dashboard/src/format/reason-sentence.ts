import { REASONS, WARNINGS } from '@segment-userleap/mapping';

/** What a reason code means; undefined for one that this page does not know. */
export function reasonSentence(reason: string): string | undefined {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : undefined;
}

/** What a warning's code means. */
export function warningSentence(code: string): string {
  return Object.hasOwn(WARNINGS, code) ? WARNINGS[code as keyof typeof WARNINGS] : code;
}
