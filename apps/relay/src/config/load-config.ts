import { hydrate, validate } from '@segment-userleap/validation';
import type { Issue, Parsed } from '@segment-userleap/validation';
import { parseDuration } from './duration';
import { Environment, ENVIRONMENT_KEYS } from './environment';
import { findUnreadVariables } from './find-unread-variables';
import { parseDatabaseUrl } from './parse-database-url';
import { parseRateLimit } from './parse-rate-limit';
import { isMonthlyUsers, parseDestination, readDestinations } from './read-destinations';
import type { Destination, RelayConfig } from './relay-config';
import { showVariables } from './show-variables';
import { splitList } from './split-list';
import { settingsFromEnvironment, variableOf } from './settings-from-environment';

type Variables = Readonly<Record<string, string | undefined>>;

/** The relay's configuration, from the environment alone; one issue for each wrong variable, without its value. */
export function loadConfig(env: Variables): Parsed<RelayConfig> {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, text = '']) => (text.trim() === '' ? [] : [[name, text] as const])),
  );
  const environment = hydrate(Environment, given, ENVIRONMENT_KEYS);
  const retryHorizonMs = parseDuration(environment.RELAY_RETRY_HORIZON) ?? 0;
  const destinations = loadDestinations(environment, env, retryHorizonMs / 1000);
  const issues: readonly Issue[] = [
    ...findUnreadVariables(given),
    ...validate(environment),
    ...(destinations.ok ? [] : destinations.issues),
  ];
  const store = loadStore(environment);
  if (!destinations.ok || !store || issues.length > 0) return { ok: false, issues };
  const backlogLimit = Number(environment.RELAY_BACKLOG_LIMIT);
  return {
    ok: true,
    value: {
      port: Number(environment.PORT),
      host: environment.HOST,
      store,
      name: environment.RELAY_NAME.trim(),
      basePath: environment.RELAY_BASE_PATH ?? '',
      logLevel: environment.LOG_LEVEL,
      variables: showVariables(environment, given),
      corsOrigins: splitList(environment.RELAY_CORS_ORIGINS),
      trustedProxies: splitList(environment.RELAY_TRUSTED_PROXIES),
      adminToken: environment.RELAY_ADMIN_TOKEN,
      loginCode: environment.RELAY_LOGIN_CODE,
      destinations: destinations.value,
      httpsProxy: environment.RELAY_HTTPS_PROXY === undefined ? undefined : new URL(environment.RELAY_HTTPS_PROXY),
      retryHorizonMs,
      deduplicationMs: parseDuration(environment.RELAY_DEDUPLICATION_WINDOW) ?? 0,
      // `0` is no duration: off.
      unchangedMs: parseDuration(environment.RELAY_UNCHANGED_WINDOW) ?? 0,
      retentionMs: parseDuration(environment.RELAY_RETENTION) ?? 0,
      deadLetterRetentionMs: parseDuration(environment.RELAY_DEAD_LETTER_RETENTION) ?? 0,
      anonymousHoldMs: parseDuration(environment.RELAY_ANONYMOUS_HOLD) ?? 0,
      anonymousLimit: Number(environment.RELAY_ANONYMOUS_LIMIT),
      backlogLimit,
      parkedLimit: Number(environment.RELAY_PARKED_LIMIT ?? Math.ceil(backlogLimit / 2)),
      alert:
        environment.RELAY_ALERT_URL === undefined
          ? undefined
          : { url: environment.RELAY_ALERT_URL, secret: environment.RELAY_ALERT_SECRET },
    },
  };
}

function loadStore(environment: Environment): RelayConfig['store'] | undefined {
  const address = parseDatabaseUrl(environment.DATABASE_URL);
  if (address?.kind !== 'postgres') return address;
  return {
    ...address,
    listenUrl: environment.RELAY_DATABASE_LISTEN_URL,
    schema: environment.RELAY_DATABASE_SCHEMA,
    connections: Number(environment.RELAY_DATABASE_CONNECTIONS),
    statementTimeoutMs: parseDuration(environment.RELAY_DATABASE_STATEMENT_TIMEOUT) ?? 0,
    leaseMs: parseDuration(environment.RELAY_LEASE) ?? 0,
  };
}

function loadDestinations(
  environment: Environment,
  env: Variables,
  graceSeconds: number,
): Parsed<readonly Destination[]> {
  const { RELAY_DESTINATIONS, RELAY_WRITE_KEY = '', RELAY_SHARED_SECRET = '', USERLEAP_RATE_LIMIT } = environment;
  const { USERLEAP_MONTHLY_USERS, USERLEAP_BULK_UPSERTS } = environment;
  if (RELAY_DESTINATIONS !== undefined) return readDestinations(RELAY_DESTINATIONS, graceSeconds);
  const settings = settingsFromEnvironment(env);
  if (!settings.ok) return settings;
  const raw = {
    name: 'default',
    writeKeys: splitList(RELAY_WRITE_KEY),
    sharedSecrets: splitList(RELAY_SHARED_SECRET),
    // What is wrong with it is said of the variable.
    rateLimit: parseRateLimit(USERLEAP_RATE_LIMIT) ? USERLEAP_RATE_LIMIT : undefined,
    monthlyUsers: numberOfUsers(USERLEAP_MONTHLY_USERS),
    bulkUpserts: USERLEAP_BULK_UPSERTS === 'true',
    settings: settings.value,
  };
  const parsed = parseDestination(raw, '', graceSeconds, (_, field) => variableNamed(field));
  return parsed.ok ? { ok: true, value: [parsed.value] } : parsed;
}

/** The same: undefined where something is wrong with it. */
function numberOfUsers(text: string | undefined): number | undefined {
  return text !== undefined && isMonthlyUsers(Number(text)) ? Number(text) : undefined;
}

function variableNamed(field: string): string {
  if (field === 'writeKeys') return 'RELAY_WRITE_KEY';
  const [setting = '', ...inside] = field.split('.');
  return [variableOf(setting), ...inside].join('.');
}
