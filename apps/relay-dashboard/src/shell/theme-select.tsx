import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { applyTheme, loadTheme, THEMES } from './theme';
import type { Theme } from './theme';

/** Light, dark, or as the browser is set. */
export function ThemeSelect(): JSX.Element {
  const [theme, setTheme] = useState<Theme>(loadTheme);
  return (
    <label class="theme">
      <span>Theme</span>
      <select
        value={theme}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.value as Theme;
          applyTheme(chosen);
          setTheme(chosen);
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
