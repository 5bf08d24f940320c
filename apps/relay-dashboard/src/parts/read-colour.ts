/** A custom property's colour under the current scheme, as a canvas takes it. `probe`: an element to try it on. */
export function readColour(probe: HTMLElement, property: string): string {
  probe.style.color = `var(${property})`;
  const { color } = getComputedStyle(probe);
  probe.style.color = '';
  return color;
}
