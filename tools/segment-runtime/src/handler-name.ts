/** The top-level functions that Segment looks for in a destination function's code. */
export type HandlerName = (typeof HANDLER_NAMES)[number];

export const HANDLER_NAMES = [
  'onIdentify',
  'onTrack',
  'onPage',
  'onScreen',
  'onGroup',
  'onAlias',
  'onDelete',
  'onBatch',
] as const;

const HANDLER_OF_TYPE: ReadonlyMap<unknown, HandlerName> = new Map([
  ['identify', 'onIdentify'],
  ['track', 'onTrack'],
  ['page', 'onPage'],
  ['screen', 'onScreen'],
  ['group', 'onGroup'],
  ['alias', 'onAlias'],
  ['delete', 'onDelete'],
]);

/** The single-event handler for an event, or `undefined` when its `type` is none that Segment knows. */
export function handlerNameFor(event: unknown): HandlerName | undefined {
  return typeof event === 'object' && event !== null && 'type' in event ? HANDLER_OF_TYPE.get(event.type) : undefined;
}
