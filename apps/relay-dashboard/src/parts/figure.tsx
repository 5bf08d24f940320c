import type { ComponentChildren, JSX } from 'preact';

interface Props {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** One number with its name, in a `dl`. */
export function Figure({ label, children }: Props): JSX.Element {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
