import type { Settings } from '@segment-userleap/mapping';
import type { Budget } from './rate-limit';
import type { ShownVariable } from './show-variables';

/** Everything that can be set about a relay, checked. */
export interface RelayConfig {
  readonly port: number;
  readonly host: string;
  readonly store: SqliteStore | PostgresStore;
  /** What people call it: `staging`. */
  readonly name: string;
  /** Where a proxy has put it: `/relay`; empty at the root. Addresses without it are read, too. */
  readonly basePath: string;
  readonly logLevel: string;
  /** Everything that was read from the environment, for a person: masked where it is secret. */
  readonly variables: readonly ShownVariable[];
  /** Of pages that may call the Tracking API; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** Addresses and ranges whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  /** Undefined: the admin API is off. */
  readonly adminToken: string | undefined;
  /** Opens one session in the token's place. */
  readonly loginCode: string | undefined;
  readonly destinations: readonly Destination[];
  /** What goes to UserLeap goes through it, with its user and password; undefined: directly. */
  readonly httpsProxy: URL | undefined;
  /** How long an accepted event is tried before it becomes a dead letter. */
  readonly retryHorizonMs: number;
  /** How far back a repeated message id is recognised. */
  readonly deduplicationMs: number;
  /** For how long an Identify that tells UserLeap nothing new makes no request; 0: it always does. */
  readonly unchangedMs: number;
  /** How long what was delivered, filtered or unsupported is kept. */
  readonly retentionMs: number;
  readonly deadLetterRetentionMs: number;
  /** How long the events of an anonymous visitor are held until it is known whose they are; 0: not at all. */
  readonly anonymousHoldMs: number;
  /** How many events may be held; beyond that the oldest of them end. */
  readonly anonymousLimit: number;
  /** How many events may wait before no more are accepted; what is parked has a limit of its own. */
  readonly backlogLimit: number;
  /** How many events may wait for users whom UserLeap does not know; beyond that the oldest of them end. */
  readonly parkedLimit: number;
  /** Where alerts are posted to, and what they are signed with; undefined: nowhere. */
  readonly alert: { readonly url: string; readonly secret: string | undefined } | undefined;
}

/** A file, for one process. */
export interface SqliteStore {
  readonly kind: 'sqlite';
  readonly path: string;
}

/** A schema of a PostgreSQL database, for any number of processes. */
export interface PostgresStore {
  readonly kind: 'postgres';
  /** With the role's password in it. It may name several servers. */
  readonly url: string;
  /** Of the database itself, to hear of what other processes did where `url` leads to a pooler; undefined: `url`. */
  readonly listenUrl: string | undefined;
  readonly schema: string;
  /** At most; one more listens. */
  readonly connections: number;
  readonly statementTimeoutMs: number;
  /** After so long without a sign of life others take over what this process has in flight. */
  readonly leaseMs: number;
}

/** One UserLeap environment that the relay delivers to. */
export interface Destination {
  readonly name: string;
  /** Both empty only where the endpoint is on this machine: then every sender is taken. */
  readonly writeKeys: readonly string[];
  /** What signatures of webhooks are made with. */
  readonly sharedSecrets: readonly string[];
  readonly settings: Settings;
  /** The rate limit of its API key. */
  readonly budget: Budget;
  /** For how many users something may be sent in a calendar month (UTC), by all that have the key; undefined: no limit. */
  readonly monthlyUsers: number | undefined;
  /** Many users of whom nothing but Identifies wait may share a request. */
  readonly bulkUpserts: boolean;
  /** For the log: what of its settings reads otherwise than in an earlier version. */
  readonly notes: readonly string[];
}

export const RELAY_CONFIG = Symbol('RelayConfig');
