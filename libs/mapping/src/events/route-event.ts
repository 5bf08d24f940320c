import { isRecord } from '@segment-userleap/validation';
import type { Settings } from '../settings/settings';

/** The names that Segment's catalogue has or had for this destination (segment-docs, 2026), compared exactly. */
const CATALOG_NAMES = ['UserLeap', 'Sprig', 'Sprig Cloud', 'Sprig (Actions)', 'Sprig Cloud (Actions)'];

/** What `integrations` itself says of us, under whichever of our names. */
export function valuesOfOurs(
  integrations: Readonly<Record<string, unknown>>,
  { integrationNames }: Settings,
): readonly unknown[] {
  const names = [...CATALOG_NAMES, ...integrationNames];
  return names.filter((name) => Object.hasOwn(integrations, name)).map((name) => integrations[name]);
}

/**
 * The event as it would leave Segment's router, for a host that takes events which have not passed it: where
 * `integrations.All` is false and none of our names is listed, UserLeap is switched off by name. So what is kept of the event
 * tells everybody the same later on. A Delete is never routed away by `All`; what is no event stays as it is.
 */
export function routeEvent(event: unknown, settings: Settings): unknown {
  if (!isRecord(event) || event.type === 'delete' || !isRecord(event.integrations)) return event;
  const { integrations } = event;
  const isAllOff = Object.hasOwn(integrations, 'All') && integrations.All === false;
  if (!isAllOff || valuesOfOurs(integrations, settings).some(Boolean)) return event;
  return { ...event, integrations: { ...integrations, UserLeap: false } };
}
