import type { Guard } from '../guard';
import type { EnvironmentInUse } from '../port/steps';
import type { Settlement } from '../port/turn';
import { hasErased } from './has-erased';

/** Beside whom turns of one destination may be settled. */
export function guardOf(settlements: readonly Settlement[], inUse: readonly EnvironmentInUse[]): Guard {
  const { turn, environment } = settlements[0] ?? { turn: { destination: '' } };
  // A place that is given back must not be found taken by another destination that leases just now.
  const isSharedEnvironment = inUse.filter((one) => one.environment === environment).length > 1;
  if (isSharedEnvironment && settlements.some(({ givenBack }) => givenBack.length > 0)) return 'everything';
  // Of a user that UserLeap has erased everything goes, wherever it is.
  return { destination: turn.destination, isShared: !settlements.some(hasErased) };
}
