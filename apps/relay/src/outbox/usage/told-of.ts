import type { SentRequest } from '../port/turn';
import type { ToldUser } from '../port/usage';

/** What a request told UserLeap of users. */
export function toldOf({ told, toldMany }: Pick<SentRequest, 'told' | 'toldMany'>): readonly ToldUser[] {
  return toldMany ?? (told ? [told] : []);
}
