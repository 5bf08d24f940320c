import { useLive } from './use-live';

/** The destination that a page is about: the one that was asked for, else the first; undefined while that is not known. */
export function useDestination(asked: string | undefined): string | undefined {
  const { overview } = useLive();
  return asked ?? overview?.destinations[0]?.name;
}
