import type { RateLimit } from '@segment-userleap/delivery';
import { EVENT_TYPES, isEventType, parseTimestamp } from '@segment-userleap/segment-events';
import type { EventType } from '@segment-userleap/segment-events';
import { parseArgs } from 'node:util';
import type { RelayAddress } from './relay-client';
import { parseRateLimit } from './rate-limit';

/** What the arguments ask for, whether it is to be done or told. */
export interface Options {
  readonly from: readonly string[];
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly types: ReadonlySet<EventType> | undefined;
  readonly mapping: string | undefined;
  readonly settings: string | undefined;
  readonly report: string;
  readonly rateLimit: RateLimit;
}

export type CommandLine =
  | { readonly ask: 'help' }
  | { readonly ask: 'hand over'; readonly options: Options; readonly relay: RelayAddress; readonly state: string }
  | { readonly ask: 'dry run'; readonly options: Options; readonly deletes: string | undefined }
  | { readonly ask: 'nothing'; readonly message: string };

const TEXT = { type: 'string' } as const;
const FLAGS = {
  from: { type: 'string', multiple: true },
  to: TEXT,
  'write-key': TEXT,
  'dry-run': { type: 'boolean', default: false },
  since: TEXT,
  until: TEXT,
  types: TEXT,
  mapping: TEXT,
  state: { type: 'string', default: 'backfill-state.jsonl' },
  report: { type: 'string', default: 'backfill-report.jsonl' },
  settings: TEXT,
  'rate-limit': { type: 'string', default: '1000/300s' },
  deletes: TEXT,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the arguments stand for, or one line about what cannot be used. */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): CommandLine {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
    if (values.help) return { ask: 'help' };
    // A shell makes several words of `--from *.gz`.
    const from = [...(values.from ?? []), ...(values.from ? positionals : [])];
    if (from.length === 0) throw new Error('--from: expected files or folders');
    const options = {
      from,
      since: readTime('since', values.since),
      until: readTime('until', values.until),
      types: readTypes(values.types),
      mapping: values.mapping,
      settings: values.settings,
      report: values.report,
      rateLimit: parseRateLimit(values['rate-limit']),
    };
    const { deletes, state } = values;
    if (values['dry-run']) return { ask: 'dry run', options, deletes };
    if (deletes !== undefined) throw new Error('--deletes: expected --dry-run with it');
    const relay = { url: readUrl(values.to), writeKey: readKey(values['write-key'] ?? env.RELAY_WRITE_KEY) };
    return { ask: 'hand over', options, relay, state };
  } catch (error) {
    // Of Node's own messages the first sentence says it; the rest is advice about positional arguments.
    return { ask: 'nothing', message: (error as Error).message.split(/\.\s/)[0] ?? '' };
  }
}

function readTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTimestamp(text);
  if (time === undefined) throw new Error(`--${name}: expected a time such as 2026-01-31 or 2026-01-31T10:00:00Z`);
  return time;
}

function readTypes(text: string | undefined): ReadonlySet<EventType> | undefined {
  if (text === undefined) return undefined;
  const types = text.split(',').map((type) => type.trim());
  if (!types.every(isEventType)) throw new Error(`--types: expected some of ${EVENT_TYPES.join(',')}`);
  return new Set(types);
}

function readUrl(text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    throw new Error('--to: expected the address of a relay, such as https://relay.example.com');
  }
  return url.href.replace(/\/+$/, '');
}

function readKey(text: string | undefined): string {
  if (text === undefined || text.trim() === '') throw new Error('--write-key: expected a write key of the relay');
  return text;
}
