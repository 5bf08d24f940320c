import type { GroupEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { operation, settled } from '../mapped';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { flattenTraits } from '../traits/flatten-traits';
import { mapAttributes, nameTraits } from '../traits/map-attributes';
import { eventTimes } from './event-times';

/** Group → the group's traits as attributes `group.…` of the user; only where the setting `groupTraits` is on. */
export function mapGroup(event: GroupEvent, userId: string, settings: Settings, now: number): Mapped {
  const { times, warnings: unreadable } = eventTimes(event, now);
  const warnings: Warning[] = [...unreadable];
  const group = flattenTraits({ group: describeGroup(event) });
  const attributes = mapAttributes(nameTraits(group, settings), settings, warnings);
  if (attributes.size === 0) {
    const { outcome } = settled(
      'unsupported',
      'unsupported_type',
      'traits: there is nothing that UserLeap has a place for',
    );
    return { kind: 'settled', outcome: { ...outcome, warnings } };
  }
  return operation(
    {
      kind: 'upsert',
      userId,
      createsUser: false,
      attributes,
      events: [],
      ...times,
    },
    warnings,
  );
}

/** The traits, and the group's own id as `id`, which counts for more than a trait of that name. */
function describeGroup({ traits, groupId }: GroupEvent): Readonly<Record<string, unknown>> {
  const entries = Object.entries(isRecord(traits) ? traits : {});
  if (groupId === undefined || groupId === null || groupId === '') return Object.fromEntries(entries);
  return Object.fromEntries([['id', groupId], ...entries.filter(([key]) => key.trim() !== 'id')]);
}
