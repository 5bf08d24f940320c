import { BadRequestException } from '@nestjs/common';
import { findMisnamed, parseSettings, SETTING_NAMES } from '@segment-userleap/mapping';
import type { SettingName, Settings } from '@segment-userleap/mapping';
import { isRecord, isText } from '@segment-userleap/validation';

type Fields = Readonly<Record<string, unknown>>;

const HEADER = 'X-Segment-Settings';
const BASE64 = /^[\w+/-]+={0,2}$/;
// The relay has its own, and a sender must not lead it elsewhere.
const RELAYS_OWN = ['apiKey', 'endpoint'];

/** The settings that a Direct Destination sends along: base64 of a JSON object. Throws 400 on anything else. */
export function readSegmentSettings(header: string | undefined): Fields {
  if (header === undefined || header.trim() === '') return {};
  const decoded = decode(header.trim());
  if (!isRecord(decoded)) throw new BadRequestException(`${HEADER}: expected base64 of a JSON object`);
  return decoded;
}

/** The key among them. */
export function keyOf({ apiKey }: Fields): string | undefined {
  return isText(apiKey) && apiKey !== '' ? apiKey : undefined;
}

/**
 * Throws 400 where a setting would make something else of an event than the relay's own settings do: to pass over it would
 * send what its sender left out. Names that are no settings of ours are passed over, but for what is nearly one.
 */
export function refuseOtherSettings(sent: Fields, configured: Settings): void {
  const names = SETTING_NAMES.filter((name) => !RELAYS_OWN.includes(name) && isSet(sent[name]));
  const misnamed = findMisnamed(sent).map(({ path }) => path);
  if (names.length + misnamed.length === 0) return;
  const { apiKey, endpoint, unknownUserGraceSeconds } = configured;
  const chosen = Object.fromEntries([...names, ...misnamed].map((name) => [name, sent[name]]));
  const parsed = parseSettings({ ...chosen, apiKey, endpoint }, { unknownUserGraceSeconds });
  if (!parsed.ok) {
    const [issue] = parsed.issues;
    throw new BadRequestException(`${HEADER}.${issue?.path ?? ''}: ${issue?.message ?? ''}`);
  }
  const other = names.find((name) => write(parsed.value, name) !== write(configured, name));
  if (other === undefined) return;
  throw new BadRequestException(`${HEADER}.${other}: expected what the relay is configured with`);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function write(settings: Settings, name: SettingName): string | undefined {
  return JSON.stringify(settings[name], (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
}

function decode(base64: string): unknown {
  // Node passes over what is no base64.
  if (!BASE64.test(base64)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64')));
  } catch {
    return undefined;
  }
}
