import type { ComponentChildren, JSX } from 'preact';
import { CopyButton } from './copy-button';

interface Props {
  /** Says what it is, for a screen reader. */
  readonly label: string;
  /** The same, to be seen, where the text does not say it. */
  readonly title?: ComponentChildren;
  readonly text: string;
  /** Further buttons. */
  readonly more?: ComponentChildren;
}

/** Text to read and to paste, as it is. */
export function CodeBlock({ label, title, text, more }: Props): JSX.Element {
  return (
    <div class="code-block">
      <div class="code-head">
        <span class="long">{title}</span>
        <span class="actions">
          {more}
          <CopyButton text={text} label="Copy" of={label} />
        </span>
      </div>
      <pre role="region" aria-label={label} tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
