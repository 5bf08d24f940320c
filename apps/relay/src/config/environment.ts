import { IsIn, IsOptional, Matches } from 'class-validator';
import { expectedForm, Satisfies } from '@segment-userleap/validation';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** The relay's own variables, as text; those of the mapping settings are read by `settingsFromEnvironment`. */
export class Environment {
  @Satisfies(isPort, expectedForm('a port from 0 to 65535'))
  PORT = '8080';

  @Matches(/^[\w.:-]+$/, expectedForm('an address to listen on'))
  HOST = '127.0.0.1';

  @Matches(/^sqlite:.+$/, expectedForm('sqlite:PATH'))
  DATABASE_URL = 'sqlite:./data/relay.db';

  @IsIn(LOG_LEVELS, expectedForm(`one of ${LOG_LEVELS.join(', ')}`))
  LOG_LEVEL = 'info';

  @IsOptional()
  RELAY_WRITE_KEY?: string;

  @IsOptional()
  @Matches(/^.{16,}$/, expectedForm('a token of at least 16 characters'))
  RELAY_ADMIN_TOKEN?: string;

  @IsOptional()
  RELAY_DESTINATIONS?: string;
}

export const ENVIRONMENT_KEYS = [
  'PORT',
  'HOST',
  'DATABASE_URL',
  'LOG_LEVEL',
  'RELAY_WRITE_KEY',
  'RELAY_ADMIN_TOKEN',
  'RELAY_DESTINATIONS',
] as const;

/** Of the design, but not built: whoever sets one relies on what is not there. */
export const UNSUPPORTED_KEYS = ['RELAY_SHARED_SECRET', 'USERLEAP_RATE_LIMIT'] as const;

function isPort(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
}
