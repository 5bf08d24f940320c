import type { ComponentChildren, JSX } from 'preact';

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** In place of a list that has nothing in it: what that means. */
export function EmptyState({ title, children }: Props): JSX.Element {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}
