import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAbout } from '../shell/use-about';

interface Props {
  /** Of the tab, too. */
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** The heading of a page. It takes the focus when the page is opened, so that a screen reader goes on from there. */
export function PageTitle({ title, children }: Props): JSX.Element {
  const name = useAbout()?.name ?? 'UserLeap relay';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = `${title} – ${name}`;
  }, [title, name]);
  return (
    <div class="page-title">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
