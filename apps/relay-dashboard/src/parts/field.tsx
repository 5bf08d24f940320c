import type { ComponentChildren, JSX } from 'preact';

interface Props {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A labelled field of a form. */
export function Field({ label, children }: Props): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
    </label>
  );
}
