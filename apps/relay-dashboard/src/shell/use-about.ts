import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { About } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { CallError } from '../api/call-error';

/** Which relay this is; undefined until that is known. */
export const AboutContext = createContext<About | undefined>(undefined);

export function useAbout(): About | undefined {
  return useContext(AboutContext);
}

/** Asks for it once. Nothing depends on the answer. */
export function useAboutSource(): About | undefined {
  const api = useApi();
  const [about, setAbout] = useState<About>();
  useEffect(() => {
    api.about().then(setAbout, (error: unknown) => {
      if (!(error instanceof CallError)) throw error;
    });
  }, [api]);
  return about;
}
