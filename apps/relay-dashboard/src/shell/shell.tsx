import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { LiveContext, useLiveSource } from '../api/use-live';
import { CurrentPage } from '../pages/current-page';
import { useRoute } from '../route/use-route';
import { ConnectionNotice } from './connection-notice';
import { LiveStatus } from './live-status';
import { Navigation } from './navigation';
import { SignOutButton } from './sign-out-button';
import { ThemeSelect } from './theme-select';

interface Props {
  signOut(): Promise<void>;
  /** The relay ended the stream of updates. */
  onRefused(): void;
}

/** What is around every page for whoever is signed in. */
export function Shell({ signOut, onRefused }: Props): JSX.Element {
  const live = useLiveSource(onRefused);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  return (
    <LiveContext.Provider value={live}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header class="top">
        <div class="bar">
          <span class="brand">UserLeap relay</span>
          <LiveStatus />
          <ThemeSelect />
          <SignOutButton signOut={signOut} />
        </div>
        <Navigation current={route.page} />
      </header>
      <main ref={main} tabIndex={-1}>
        <ConnectionNotice />
        <CurrentPage route={route} />
      </main>
    </LiveContext.Provider>
  );
}
