import type { Settings } from '@segment-userleap/mapping';

/** Everything that can be set about a relay, checked. */
export interface RelayConfig {
  readonly port: number;
  readonly host: string;
  /** Path of the SQLite file. */
  readonly databasePath: string;
  readonly logLevel: string;
  /** Undefined: the admin API is off. */
  readonly adminToken: string | undefined;
  readonly destinations: readonly Destination[];
}

/** One UserLeap environment that the relay delivers to. */
export interface Destination {
  readonly name: string;
  /** Empty only where the endpoint is on this machine: then every sender is taken. */
  readonly writeKeys: readonly string[];
  readonly settings: Settings;
}

export const RELAY_CONFIG = Symbol('RelayConfig');
