/** A function as the list of functions shows it. */
export interface ListedFunction {
  readonly id: string;
  readonly displayName: string;
}

/** What a name stands for in a workspace. */
export type Choice =
  | { readonly found: 'none' }
  | { readonly found: 'one'; readonly listed: ListedFunction }
  | { readonly found: 'several' | 'similar'; readonly candidates: readonly ListedFunction[] };

/**
 * The function that a name means. Segment appends the workspace to the display name of a Destination Function (Public API,
 * Create Function, 2026), as `NAME (WORKSPACE)`; the name is found with or without it. `similar`: nothing is of this name,
 * but something begins with it and ends on brackets that are not the workspace's, so that a new one might be a second.
 */
export function chooseFunction(
  functions: readonly ListedFunction[],
  name: string,
  workspaces: readonly string[],
): Choice {
  const suffixes = workspaces.map((workspace) => ` (${workspace})`);
  const stem = ({ displayName }: ListedFunction): string => {
    const suffix = suffixes.find((candidate) => displayName.endsWith(candidate));
    return suffix === undefined ? displayName : displayName.slice(0, -suffix.length);
  };
  const candidates = functions.filter((listed) => listed.displayName === name || stem(listed) === name);
  const [listed, ...others] = candidates;
  if (listed) return others.length === 0 ? { found: 'one', listed } : { found: 'several', candidates };
  const similar = functions.filter((other) => stem(other) === other.displayName && startsLike(other.displayName, name));
  return similar.length === 0 ? { found: 'none' } : { found: 'similar', candidates: similar };
}

function startsLike(displayName: string, name: string): boolean {
  return displayName.startsWith(`${name} (`) && displayName.endsWith(')');
}
