const KEY = 'theme';

export const THEMES = ['system', 'light', 'dark'] as const;

/** `system`: as the browser is set. */
export type Theme = (typeof THEMES)[number];

/** What the reader chose before. */
export function loadTheme(): Theme {
  return THEMES.find((theme) => theme === readStored()) ?? 'system';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
