import { previewEvent } from '@segment-userleap/delivery';
import type { Issue } from '@segment-userleap/validation';
import { useEffect, useState } from 'preact/hooks';
import type { Preview } from '../../api/admin-api';
import { parseEventText, parsePreviewSettings } from './parse-input';
import type { RawSettings } from './parse-input';

const TYPING_MS = 150;

export interface PreviewState {
  /** Undefined while the input is wrong. */
  readonly preview: Preview | undefined;
  readonly eventIssues: readonly Issue[];
  readonly settingIssues: readonly Issue[];
}

/** What the typed event becomes, a moment after the last key. */
export function usePreview(eventText: string, raw: RawSettings): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: undefined, eventIssues: [], settingIssues: [] });
  useEffect(() => {
    let isLatest = true;
    const timer = setTimeout(() => {
      void compute(eventText, raw).then((computed) => isLatest && setState(computed));
    }, TYPING_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [eventText, raw]);
  return state;
}

async function compute(eventText: string, raw: RawSettings): Promise<PreviewState> {
  const event = parseEventText(eventText);
  const settings = parsePreviewSettings(raw);
  return {
    preview: event.ok && settings.ok ? await previewEvent(event.value, settings.value, Date.now()) : undefined,
    eventIssues: event.ok ? [] : event.issues,
    settingIssues: settings.ok ? [] : settings.issues,
  };
}
