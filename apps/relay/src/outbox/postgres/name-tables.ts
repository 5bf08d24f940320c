import type { OutboxSchema } from '../schema/outbox-schema';

/** What PostgreSQL alone has, the migrations' own, and names that there were before: views and tables on the way here. */
type OthersOfStore =
  | 'leases'
  | 'housekeeping'
  | 'relays'
  | 'kysely_migration'
  | 'kysely_migration_lock'
  | 'known_users'
  | 'requests';

/** Every table of a store, by name: the compiler asks for it. */
const TABLES: Readonly<Record<keyof OutboxSchema | OthersOfStore, true>> = {
  events: true,
  lanes: true,
  environments: true,
  destination_environments: true,
  environment_users: true,
  secrets: true,
  budget_places: true,
  budgets: true,
  pauses: true,
  pauses_by_hand: true,
  past_pauses: true,
  event_counts: true,
  flow: true,
  backlog_samples: true,
  sent_requests: true,
  erasures: true,
  event_names: true,
  usage_months: true,
  usage_days: true,
  usage_saved: true,
  usage_most: true,
  store_moves: true,
  leases: true,
  housekeeping: true,
  relays: true,
  kysely_migration: true,
  kysely_migration_lock: true,
  known_users: true,
  requests: true,
};

const NAMES = Object.keys(TABLES).join('|');
// After these words stands a table, or a view. What goes on with a dot is a column, or has its schema.
const PLACES = 'FROM|JOIN|INTO|UPDATE|TABLE|VIEW|ON|USING|ANALYZE|REFERENCES';
const TABLE = new RegExp(`\\b((?:${PLACES})\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?)("?)(${NAMES})\\2(?![\\w".])`, 'gi');
// An index is made where its table is, and changed by its own name.
const INDEX = /^(\s*(?:ALTER|DROP)\s+INDEX\s+(?:IF\s+EXISTS\s+)?)(?=["\w])/i;

// The same texts come again and again, in some lengths.
const MOST_KEPT = 2_000;

/**
 * Names the tables of statements with their schema: statements are written once for both databases, and SQLite has no schema.
 * So nothing depends on the `search_path` of a session, which a pooler shares out anew for each transaction.
 */
export function tableNamer(schema: string): (statement: string) => string {
  const kept = new Map<string, string>();
  return (statement) => {
    const known = kept.get(statement);
    if (known !== undefined) return known;
    const named = statement
      .replace(TABLE, (_, place: string, quote: string, name: string) => `${place}"${schema}".${quote}${name}${quote}`)
      .replace(INDEX, `$1"${schema}".`);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(statement, named);
    return named;
  };
}
