import { useEffect, useState } from 'preact/hooks';

/** A number that changes whenever the colours of the page may have. */
export function useScheme(): number {
  const [scheme, setScheme] = useState(0);
  useEffect(() => {
    const update = (): void => setScheme((before) => before + 1);
    const preference = matchMedia('(prefers-color-scheme: dark)');
    const choice = new MutationObserver(update);
    preference.addEventListener('change', update);
    choice.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      preference.removeEventListener('change', update);
      choice.disconnect();
    };
  }, []);
  return scheme;
}
