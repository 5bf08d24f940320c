import { hydrate, validate } from '@segment-userleap/validation';
import type { Issue, Parsed } from '@segment-userleap/validation';
import { Environment, ENVIRONMENT_KEYS, UNSUPPORTED_KEYS } from './environment';
import { parseDestination, readDestinations } from './read-destinations';
import type { Destination, RelayConfig } from './relay-config';
import { settingsFromEnvironment, variableOf } from './settings-from-environment';

type Variables = Readonly<Record<string, string | undefined>>;

/** The relay's configuration, from the environment alone; one issue for each wrong variable, without its value. */
export function loadConfig(env: Variables): Parsed<RelayConfig> {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined && text.trim() !== ''));
  const environment = hydrate(Environment, given, ENVIRONMENT_KEYS);
  const destinations = loadDestinations(environment, env);
  const issues: readonly Issue[] = [
    ...validate(environment),
    ...UNSUPPORTED_KEYS.filter((key) => key in given).map((path) => ({ path, message: 'not supported yet' })),
    ...(destinations.ok ? [] : destinations.issues),
  ];
  if (!destinations.ok || issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    value: {
      port: Number(environment.PORT),
      host: environment.HOST,
      databasePath: environment.DATABASE_URL.slice('sqlite:'.length),
      logLevel: environment.LOG_LEVEL,
      adminToken: environment.RELAY_ADMIN_TOKEN,
      destinations: destinations.value,
    },
  };
}

function loadDestinations(environment: Environment, env: Variables): Parsed<readonly Destination[]> {
  if (environment.RELAY_DESTINATIONS !== undefined) return readDestinations(environment.RELAY_DESTINATIONS);
  const settings = settingsFromEnvironment(env);
  if (!settings.ok) return settings;
  const writeKeys = (environment.RELAY_WRITE_KEY ?? '').split(',').map((key) => key.trim());
  const raw = { name: 'default', writeKeys: writeKeys.filter((key) => key !== ''), settings: settings.value };
  const parsed = parseDestination(raw, '', (_, field) => variableNamed(field));
  return parsed.ok ? { ok: true, value: [parsed.value] } : parsed;
}

function variableNamed(field: string): string {
  if (field === 'writeKeys') return 'RELAY_WRITE_KEY';
  const [setting = '', ...inside] = field.split('.');
  return [variableOf(setting), ...inside].join('.');
}
