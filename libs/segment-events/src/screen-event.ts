import { CommonFields } from './common-fields';

/** Segment spec: Screen. RudderStack's mobile SDKs write its name in `event` and `properties.name`. */
export class ScreenEvent extends CommonFields {
  readonly type = 'screen';

  name?: unknown;
  event?: unknown;
  properties?: unknown;
}
