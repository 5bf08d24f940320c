import { ViewEvent } from './view-event';

/** Segment spec: Screen. */
export class ScreenEvent extends ViewEvent {
  readonly type = 'screen';
}
