import { SETTING_NAMES } from '@segment-userleap/mapping';
import type { Issue } from '@segment-userleap/validation';
import { ENVIRONMENT_KEYS } from './environment';
import { variableOf } from './settings-from-environment';

type Variables = Readonly<Record<string, string>>;

const SETTINGS: readonly string[] = SETTING_NAMES.map(variableOf);
const KNOWN: readonly string[] = [...ENVIRONMENT_KEYS, ...SETTINGS];
const OURS = /^(?:USERLEAP|RELAY)_/;
/** What makes the one destination that there is without a file of destinations. */
const OF_ONE_DESTINATION = [
  ...SETTINGS,
  'USERLEAP_RATE_LIMIT',
  'USERLEAP_MONTHLY_USERS',
  'USERLEAP_BULK_UPSERTS',
  'RELAY_WRITE_KEY',
  'RELAY_SHARED_SECRET',
];
// Kubernetes gives every container such variables of each Service beside it, and ours is called `relay` in our own example
// (Kubernetes documentation, Accessing the Service, 2026).
const OF_A_SERVICE = /_SERVICE_(?:HOST|PORT)(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?$/;
const ADDRESS_OF_A_SERVICE = /^(?:tcp|udp|sctp):\/\//;

/** An issue for each variable that looks like one of ours and would have no effect: unknown, or overruled by a file. */
export function findUnreadVariables(given: Variables): readonly Issue[] {
  return Object.keys(given).flatMap((path) => {
    const known = KNOWN.find((name) => fold(name) === fold(path));
    if (known === path) {
      const isOverruled = OF_ONE_DESTINATION.includes(path) && given.RELAY_DESTINATIONS !== undefined;
      return isOverruled
        ? [{ path, message: 'expected in the file of RELAY_DESTINATIONS, which takes its place' }]
        : [];
    }
    if (known !== undefined && OURS.test(known)) return [{ path, message: `expected the name ${known}` }];
    if (!OURS.test(path) || isOfAService(path, given[path] ?? '')) return [];
    return [{ path, message: 'expected a variable that the relay knows: docs/settings.md lists them' }];
  });
}

function isOfAService(name: string, value: string): boolean {
  return OF_A_SERVICE.test(name) || (name.endsWith('_PORT') && ADDRESS_OF_A_SERVICE.test(value));
}

function fold(name: string): string {
  return name.toUpperCase().replace(/[_-]/g, '');
}
