import { ENVIRONMENT_KEYS } from './environment';
import type { Environment } from './environment';

/** A variable as it counts, for a person to read: nothing in it is secret. */
export interface ShownVariable {
  readonly name: string;
  /** Null: not set, and without a default. */
  readonly value: string | null;
  readonly isDefault: boolean;
}

const SECRET = /(?:KEY|SECRET|TOKEN|CODE)$/;
const URL_NAME = /(?:URL|PROXY)$/;
const MASK = '••••';

/** Every variable of the relay's own, those that were given and those that were not. */
export function showVariables(environment: Environment, given: Readonly<Record<string, string>>): ShownVariable[] {
  return ENVIRONMENT_KEYS.map((name) => {
    const text = environment[name] ?? '';
    return { name, value: text === '' ? null : maskValue(name, text), isDefault: given[name] === undefined };
  });
}

function maskValue(name: string, text: string): string {
  if (SECRET.test(name)) return MASK;
  return URL_NAME.test(name) ? maskUrl(text) : text;
}

/** A URL without what it proves: the password, and what of a web hook's address nobody may know. */
function maskUrl(text: string): string {
  const masked = text
    .replace(/^(\w+:\/\/[^:@/?]*):[^@/]*@/, `$1:${MASK}@`)
    .replace(/([?&]password=)[^&]*/, `$1${MASK}`);
  return /^https?:/.test(masked) ? masked.replace(/^(https?:\/\/[^/?#]*)[/?#].+$/, `$1/${MASK}`) : masked;
}

/** A secret's place, and its last characters where that tells little of it. */
export function maskSecret(secret: string): string {
  return secret.length >= 16 ? `${MASK}${secret.slice(-4)}` : MASK;
}
