import { isRecord } from '@segment-userleap/validation';
import type { EventStory } from '../api/admin-api';

/** An attribute that an event has, by its name, and what became of it. */
export interface AttributeFate {
  readonly name: string;
  readonly fate: 'told' | 'older' | 'same';
}

/** What became of an event's attributes; none where it has none, or it is not known. */
export function attributeFates({ event, part }: Pick<EventStory, 'event' | 'part'>): readonly AttributeFate[] {
  const fate = event.state === 'delivered' ? 'told' : event.reason === 'unchanged' ? 'same' : undefined;
  if (fate === undefined || part === null) return [];
  const older = event.warnings.filter(({ code }) => code === 'stale_value').map(({ trait }) => trait);
  const names = new Set([...part.requests.flatMap(({ body }) => namesIn(body)), ...older]);
  return [...names].map((name) => ({ name, fate: older.includes(name) ? 'older' : fate }));
}

function namesIn(body: unknown): readonly string[] {
  if (!isRecord(body)) return [];
  const { attributes, emailAddress } = body;
  return [...(emailAddress === undefined ? [] : ['email']), ...(isRecord(attributes) ? Object.keys(attributes) : [])];
}
