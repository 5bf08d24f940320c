import type { EventType } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import { deliver } from './deliver';
import { toBatchItem, toError } from './translate-outcome';
import type { BatchItemResult } from './translate-outcome';

type Handler = (event: unknown, settings: unknown) => Promise<void>;

export const onIdentify = handlerOf('identify');
export const onTrack = handlerOf('track');
export const onPage = handlerOf('page');
export const onScreen = handlerOf('screen');
export const onGroup = handlerOf('group');
export const onAlias = handlerOf('alias');
export const onDelete = handlerOf('delete');

/** Takes events of mixed types; the results stand at the events' places. */
export async function onBatch(events: readonly unknown[], settings: unknown): Promise<readonly BatchItemResult[]> {
  return (await deliver(events, settings)).map(toBatchItem);
}

function handlerOf(type: EventType): Handler {
  return async (event, settings) => {
    // Which handler is called says what the event is, also where a hand-written test event does not.
    const typed = isRecord(event) && event.type === undefined ? { ...event, type } : event;
    const [outcome] = await deliver([typed], settings);
    const error = outcome && toError(outcome);
    if (error) throw error;
  };
}
