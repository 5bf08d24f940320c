import { ViewEvent } from './view-event';

/** Segment spec: Page. */
export class PageEvent extends ViewEvent {
  readonly type = 'page';
}
