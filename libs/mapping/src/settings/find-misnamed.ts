import type { Issue } from '@segment-userleap/validation';
import { SETTING_NAMES } from './setting-kinds';

/**
 * An issue for each name that is a setting's but for case, spaces, `_` and `-`. Passed over, a `denytraits` would send what it
 * should hold back.
 */
export function findMisnamed(raw: object): readonly Issue[] {
  const names = new Map(SETTING_NAMES.map((name) => [fold(name), name]));
  return Object.keys(raw).flatMap((path) => {
    const name = names.get(fold(path));
    return name === undefined || name === path ? [] : [{ path, message: `expected the name ${name}` }];
  });
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
