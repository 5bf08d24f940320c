import { SETTING_NAMES } from '@segment-userleap/mapping';
import { RELAY } from '@segment-userleap/relay-driver';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The relay before it is made one file of: here single modules can be loaded.
const COMPILED = join(__dirname, '../../../../apps/relay/out-tsc/app');

/** Every variable that the relay reads. */
export function knownVariables(): readonly string[] {
  const { ENVIRONMENT_KEYS } = createRequire(RELAY)(join(COMPILED, 'config/environment.js')) as {
    ENVIRONMENT_KEYS: readonly string[];
  };
  const settings = SETTING_NAMES.map((name) => `USERLEAP_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`);
  return [...ENVIRONMENT_KEYS, ...settings];
}
