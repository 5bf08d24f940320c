import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

const DONE_MS = 4_000;

interface Props {
  /** Undefined: not loaded yet. */
  readonly text: string | undefined;
  readonly label: string;
  /** What is copied, where the label alone does not say it; only read out. */
  readonly of?: string;
}

/** Puts a text, exactly as it is, into the clipboard. Browsers allow that over https and on this machine only. */
export function CopyButton({ text, label, of }: Props): JSX.Element {
  const [outcome, setOutcome] = useState<string>();
  const copy = (): void => {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard && text !== undefined ? clipboard.writeText(text) : Promise.reject(new Error('none'));
    written.then(
      () => setOutcome('Copied'),
      () => setOutcome('The browser does not let this page copy: select the text, or open the page over https'),
    );
    setTimeout(() => setOutcome(undefined), DONE_MS);
  };
  return (
    <span class="copy">
      <button type="button" disabled={text === undefined} onClick={copy}>
        {label}
        {of !== undefined && <span class="only-read"> {of}</span>}
      </button>
      <span role="status">{outcome}</span>
    </span>
  );
}
