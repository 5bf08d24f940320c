import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RelayApi } from './relay-api';

export const ApiContext = createContext<RelayApi | undefined>(undefined);

export function useApi(): RelayApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('ApiContext is missing');
  return api;
}
