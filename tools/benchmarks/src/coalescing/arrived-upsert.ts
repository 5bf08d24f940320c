import { TRACE_START } from './segment-event';

/** What an upsert shows of the events of a trace that it brought. */
export interface ArrivedUpsert {
  readonly user: number;
  /** Of the last Identify; NaN without one. */
  readonly identifiedAt: number;
  readonly eventsAt: readonly number[];
}

interface Body {
  readonly userId: string;
  readonly attributes?: { readonly identifiedAt?: number };
  readonly events?: readonly { readonly timestamp: number }[];
}

export function readUpsert(text: string): ArrivedUpsert {
  const { userId, attributes = {}, events = [] } = JSON.parse(text) as Body;
  return {
    user: Number(userId.slice('user-'.length)),
    identifiedAt: attributes.identifiedAt ?? NaN,
    eventsAt: events.map(({ timestamp }) => timestamp - TRACE_START),
  };
}
