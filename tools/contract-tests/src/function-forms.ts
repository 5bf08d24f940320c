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

/**
 * Whether the file is loaded anew for each vector, as where Segment starts an instance: once for all vectors, as loading takes
 * longer than playing. In the other forms one instance plays them all.
 */
export function isLoadedAnew({ file, calls }: FunctionForm): boolean {
  return file === 'userleap.min.js' && calls === 'batch';
}

/** Both files, both ways of loading, events of both realms: what of a form can depend on the Node that runs it. */
const FORMS_ON_OTHER_NODES = FUNCTION_FORMS.filter(({ calls }) => calls === 'batch');

export interface Play {
  readonly form: FunctionForm;
  readonly vector: Vector;
}

/**
 * What each other Node plays: every vector in one form, one after the other in the next, and on the next Node the other way
 * round. That the forms make the same of a vector is found where all are played, on the Node that runs the tests.
 */
export function playsOnOtherNode(place: number): readonly Play[] {
  const count = FORMS_ON_OTHER_NODES.length;
  return FORMS_ON_OTHER_NODES.flatMap((form, turn) =>
    vectorsFor(form)
      .filter((_, index) => (index + place) % count === turn)
      .map((vector) => ({ form, vector })),
  );
}

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
