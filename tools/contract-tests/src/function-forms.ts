import { isEventType } from '@segment-userleap/segment-events';
import { loadVectors } from './load-vectors';
import type { FunctionForm } from './play-on-function';
import type { Vector } from './vector';

/** Both files, both ways of loading, events of both realms, both ways of calling. */
export const FUNCTION_FORMS: readonly FunctionForm[] = [
  { file: 'userleap.js', loader: 'wrapper', eventRealm: 'inside', calls: 'batch' },
  { file: 'userleap.min.js', loader: 'script', eventRealm: 'outside', calls: 'batch' },
  { file: 'userleap.js', loader: 'script', eventRealm: 'outside', calls: 'single' },
  { file: 'userleap.min.js', loader: 'wrapper', eventRealm: 'inside', calls: 'single' },
];

/** Both files, both ways of loading, events of both realms: what of a form can depend on the Node that runs it. */
export const FORMS_ON_EVERY_NODE = FUNCTION_FORMS.filter(({ calls }) => calls === 'batch');

/** The vectors that can be played in this form. */
export function vectorsFor({ calls }: FunctionForm): readonly Vector[] {
  return loadVectors().filter(
    (vector) => !vector.skip?.some(({ host }) => host === 'function') && (calls === 'batch' || isForOneHandler(vector)),
  );
}

/** Single calls do not coalesce, and Segment has no handler for an event of no type. */
function isForOneHandler({ events }: Vector): boolean {
  const [event] = events;
  return (
    events.length === 1 && typeof event === 'object' && event !== null && 'type' in event && isEventType(event.type)
  );
}
