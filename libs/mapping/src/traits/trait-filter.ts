import type { Settings } from '../settings/settings';

/** May a trait of this dotted name be sent, after `allowTraits` and `denyTraits`? A listed name covers its children. */
export function isTraitAllowed(name: string, { allowTraits, denyTraits }: Settings): boolean {
  if (denyTraits.some((listed) => covers(listed, name))) return false;
  return allowTraits.length === 0 || allowTraits.some((listed) => covers(listed, name));
}

function covers(listed: string, name: string): boolean {
  return name === listed || name.startsWith(`${listed}.`);
}
