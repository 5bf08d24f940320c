import { IsIn, Matches } from 'class-validator';
import { expectedForm, Satisfies, SatisfiesIfPresent } from '@segment-userleap/validation';
import { parseDuration } from './duration';
import { isAddressRange } from './is-address-range';
import { parseDatabaseUrl } from './parse-database-url';
import { parseRateLimit } from './parse-rate-limit';
import { DEFAULT_SCHEMA, SCHEMA_NAME, SCHEMA_NAME_FORM } from './schema-name';
import { splitHosts } from './split-hosts';
import { splitList } from './split-list';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const DURATION = expectedForm('a duration from 1s to 366d, such as 90s, 72h or 7d');

const OFF = '0';
const NUMBER_OF_EVENTS = /^[1-9]\d{0,8}$/;
const NUMBER_OF_EVENTS_FORM = 'a number of events from 1 to 999999999';

export const NUMBER_OF_USERS_FORM = 'a number of users from 1 to 999999999';

export const RATE_LIMIT_FORM = 'requests/duration, such as 1000/300s';
const FLAGS = ['true', 'false'];
const DEFAULT_NAME = 'UserLeap relay';
export const DEFAULT_RATE_LIMIT = '1000/300s';

/** The relay's own variables, as text; those of the mapping settings are read by `settingsFromEnvironment`. */
export class Environment {
  @Satisfies(isPort, expectedForm('a port from 0 to 65535'))
  PORT = '8080';

  @Matches(/^[\w.:-]+$/, expectedForm('an address to listen on'))
  HOST = '127.0.0.1';

  @Satisfies(isDatabaseUrl, expectedForm('sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE'))
  DATABASE_URL = 'sqlite:./data/relay.db';

  @SatisfiesIfPresent(isPostgresUrl, expectedForm('postgres://USER:PASSWORD@HOST:PORT/DATABASE'))
  RELAY_DATABASE_LISTEN_URL?: string;

  @Matches(SCHEMA_NAME, expectedForm(SCHEMA_NAME_FORM))
  RELAY_DATABASE_SCHEMA = DEFAULT_SCHEMA;

  @Matches(/^([2-9]|[1-9]\d{1,2})$/, expectedForm('a number of connections from 2 to 999'))
  RELAY_DATABASE_CONNECTIONS = '10';

  @Satisfies(isDuration, DURATION)
  RELAY_DATABASE_STATEMENT_TIMEOUT = '30s';

  @Satisfies(isDuration, DURATION)
  RELAY_LEASE = '30s';

  @Matches(/^[^\p{Cc}]{1,60}$/u, expectedForm('a name of at most 60 characters'))
  RELAY_NAME = DEFAULT_NAME;

  @SatisfiesIfPresent(isBasePath, expectedForm('a path such as /relay, without a slash at its end'))
  RELAY_BASE_PATH?: string;

  @IsIn(LOG_LEVELS, expectedForm(`one of ${LOG_LEVELS.join(', ')}`))
  LOG_LEVEL = 'info';

  @Satisfies(isRateLimit, expectedForm(RATE_LIMIT_FORM))
  USERLEAP_RATE_LIMIT = DEFAULT_RATE_LIMIT;

  @SatisfiesIfPresent(isNumberOfUsers, expectedForm(NUMBER_OF_USERS_FORM))
  USERLEAP_MONTHLY_USERS?: string;

  @IsIn(FLAGS, expectedForm('true or false'))
  USERLEAP_BULK_UPSERTS = 'false';

  RELAY_WRITE_KEY?: string;

  RELAY_SHARED_SECRET?: string;

  @Satisfies(areOrigins, expectedForm('origins such as https://www.example.com, separated by commas, or *'))
  RELAY_CORS_ORIGINS = '*';

  @Satisfies(areAddresses, expectedForm('addresses or ranges such as 10.0.0.0/8, separated by commas'))
  RELAY_TRUSTED_PROXIES = '';

  @SatisfiesIfPresent(isLongSecret, expectedForm('a token of at least 16 characters'))
  RELAY_ADMIN_TOKEN?: string;

  @SatisfiesIfPresent(isLoginCode, expectedForm('epoch seconds, a dot and at least 20 letters, digits, - or _'))
  RELAY_LOGIN_CODE?: string;

  RELAY_DESTINATIONS?: string;

  @SatisfiesIfPresent(isProxy, expectedForm('http://USER:PASSWORD@HOST:PORT, or https://…, with nothing after it'))
  RELAY_HTTPS_PROXY?: string;

  @Satisfies(isDuration, DURATION)
  RELAY_RETRY_HORIZON = '72h';

  @Satisfies(isDuration, DURATION)
  RELAY_DEDUPLICATION_WINDOW = '7d';

  @Satisfies(isDurationOrOff, expectedForm('0, or a duration from 1s to 366d, such as 24h'))
  RELAY_UNCHANGED_WINDOW = '24h';

  @Satisfies(isDuration, DURATION)
  RELAY_RETENTION = '7d';

  @Satisfies(isDuration, DURATION)
  RELAY_DEAD_LETTER_RETENTION = '30d';

  @Matches(NUMBER_OF_EVENTS, expectedForm(NUMBER_OF_EVENTS_FORM))
  RELAY_BACKLOG_LIMIT = '2000000';

  @SatisfiesIfPresent(isNumberOfEvents, expectedForm(NUMBER_OF_EVENTS_FORM))
  RELAY_PARKED_LIMIT?: string;

  @Satisfies(isDurationOrOff, expectedForm('0, or a duration from 1s to 366d, such as 12h or 7d'))
  RELAY_ANONYMOUS_HOLD = OFF;

  @Matches(NUMBER_OF_EVENTS, expectedForm(NUMBER_OF_EVENTS_FORM))
  RELAY_ANONYMOUS_LIMIT = '1000000';

  @SatisfiesIfPresent(isWebAddress, expectedForm('an http:// or https:// address'))
  RELAY_ALERT_URL?: string;

  @SatisfiesIfPresent(isLongSecret, expectedForm('a secret of at least 16 characters'))
  RELAY_ALERT_SECRET?: string;
}

/** Every variable, by name: the compiler asks for it, as one that is missing here would always be its default. */
const VARIABLES: Readonly<Record<keyof Environment, true>> = {
  PORT: true,
  HOST: true,
  DATABASE_URL: true,
  RELAY_DATABASE_LISTEN_URL: true,
  RELAY_DATABASE_SCHEMA: true,
  RELAY_DATABASE_CONNECTIONS: true,
  RELAY_DATABASE_STATEMENT_TIMEOUT: true,
  RELAY_LEASE: true,
  RELAY_NAME: true,
  RELAY_BASE_PATH: true,
  LOG_LEVEL: true,
  USERLEAP_RATE_LIMIT: true,
  USERLEAP_MONTHLY_USERS: true,
  USERLEAP_BULK_UPSERTS: true,
  RELAY_WRITE_KEY: true,
  RELAY_SHARED_SECRET: true,
  RELAY_CORS_ORIGINS: true,
  RELAY_TRUSTED_PROXIES: true,
  RELAY_ADMIN_TOKEN: true,
  RELAY_LOGIN_CODE: true,
  RELAY_DESTINATIONS: true,
  RELAY_HTTPS_PROXY: true,
  RELAY_RETRY_HORIZON: true,
  RELAY_DEDUPLICATION_WINDOW: true,
  RELAY_UNCHANGED_WINDOW: true,
  RELAY_RETENTION: true,
  RELAY_DEAD_LETTER_RETENTION: true,
  RELAY_BACKLOG_LIMIT: true,
  RELAY_PARKED_LIMIT: true,
  RELAY_ANONYMOUS_HOLD: true,
  RELAY_ANONYMOUS_LIMIT: true,
  RELAY_ALERT_URL: true,
  RELAY_ALERT_SECRET: true,
};

export const ENVIRONMENT_KEYS = Object.keys(VARIABLES) as readonly (keyof Environment)[];

function isNumberOfEvents(value: unknown): boolean {
  return typeof value === 'string' && NUMBER_OF_EVENTS.test(value);
}

function isNumberOfUsers(value: unknown): boolean {
  return typeof value === 'string' && NUMBER_OF_EVENTS.test(value);
}

function isPort(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
}

function isDatabaseUrl(value: unknown): boolean {
  return typeof value === 'string' && parseDatabaseUrl(value) !== undefined;
}

function isPostgresUrl(value: unknown): boolean {
  return typeof value === 'string' && splitHosts(value) !== undefined;
}

function isProxy(value: unknown): boolean {
  // Later on, both are decoded.
  if (typeof value !== 'string' || !URL.canParse(value) || /%(?![0-9a-f]{2})/i.test(value)) return false;
  const { protocol, host, pathname, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && host !== '' && `${pathname}${search}${hash}` === '/';
}

function isDuration(value: unknown): boolean {
  return typeof value === 'string' && parseDuration(value) !== undefined;
}

function isDurationOrOff(value: unknown): boolean {
  return value === OFF || isDuration(value);
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value);
}

function isLongSecret(value: unknown): boolean {
  return typeof value === 'string' && /^.{16,}$/.test(value);
}

function isBasePath(value: unknown): boolean {
  return typeof value === 'string' && /^(\/[\w.~-]*[\w~-])+$/.test(value);
}

function isLoginCode(value: unknown): boolean {
  return typeof value === 'string' && /^\d{10}\.[\w-]{20,}$/.test(value);
}

function isRateLimit(value: unknown): boolean {
  return typeof value === 'string' && parseRateLimit(value) !== undefined;
}

function areOrigins(value: unknown): boolean {
  const isOrigin = (text: string): boolean => text === '*' || /^https?:\/\/[^\s/?#@]+$/.test(text);
  return typeof value === 'string' && splitList(value).every(isOrigin);
}

function areAddresses(value: unknown): boolean {
  return typeof value === 'string' && splitList(value).every(isAddressRange);
}
