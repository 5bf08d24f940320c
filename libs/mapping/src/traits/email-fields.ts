import { isRecord } from '@segment-userleap/validation';
import { readPlace } from '../events/read-place';
import type { Settings } from '../settings/settings';
import type { EmailCandidate } from './pick-email';
import { EMAIL_TRAIT } from './pick-email';

const IDENTIFY_FIELDS = ['traits.email', 'context.traits.email'];
const TRAIT_FIELD = /^(?:context\.)?traits\.(.+)$/;

/** An address in an event. `name`: the trait, dotted and trimmed, under which it stands there. */
interface FoundEmail extends EmailCandidate {
  readonly name: string;
}

/** Where an Identify has its e-mail address. */
export function identifyFields({ emailFields }: Settings): readonly string[] {
  return emailFields.length > 0 ? emailFields : IDENTIFY_FIELDS;
}

/** The names that `allowTraits` and `denyTraits` know the address of an Identify by. */
export function emailTraits(settings: Settings): readonly string[] {
  return [...new Set(identifyFields(settings).map(traitOf))];
}

/**
 * What an event has where an address may be, in order: the fields themselves, and after them what stands beside a field
 * `….email` under the vendor's own key, or under a name with spaces around it.
 */
export function findEmails(event: object, fields: readonly string[]): readonly FoundEmail[] {
  const exact = fields.map((field) => {
    const trait = traitOf(field);
    return { trait, name: trait, value: readPlace(event, field) };
  });
  return [...exact, ...fields.flatMap((field) => findVariants(event, field))];
}

/** True for `email` and the vendor's `!email`, with spaces around or not. */
export function isEmailName(name: string): boolean {
  return /^!?email$/.test(name.trim());
}

function findVariants(event: object, field: string): readonly FoundEmail[] {
  const holder = field.endsWith(`.${EMAIL_TRAIT}`) ? readPlace(event, field.slice(0, -EMAIL_TRAIT.length - 1)) : {};
  const keys = isRecord(holder) ? Object.keys(holder) : [];
  const trait = traitOf(field);
  const prefix = trait.slice(0, -EMAIL_TRAIT.length);
  return keys
    .filter((key) => isEmailName(key))
    .map((key) => ({ trait, name: `${prefix}${key}`.trim(), value: readPlace(holder, key) }));
}

/** The name that `allowTraits` and `denyTraits` know a field by. */
function traitOf(field: string): string {
  return TRAIT_FIELD.exec(field)?.[1] ?? EMAIL_TRAIT;
}
