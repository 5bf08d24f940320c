import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { LiveContext, useLiveSource } from '../api/use-live';
import { CurrentPage } from '../pages/current-page';
import { useRoute } from '../route/use-route';
import { Brand } from './brand';
import { ConnectionNotice } from './connection-notice';
import { LiveStatus } from './live-status';
import { Navigation } from './navigation';
import { SignOutButton } from './sign-out-button';
import { ThemeSelect } from './theme-select';
import { AboutContext, useAboutSource } from './use-about';

interface Props {
  signOut(): Promise<void>;
  /** The relay ended the stream of updates. */
  onRefused(): void;
}

/** What is around every page for whoever is signed in. */
export function Shell({ signOut, onRefused }: Props): JSX.Element {
  const live = useLiveSource(onRefused);
  const about = useAboutSource();
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  return (
    <AboutContext.Provider value={about}>
      <LiveContext.Provider value={live}>
        <button type="button" class="skip" onClick={() => main.current?.focus()}>
          Skip to content
        </button>
        <div class="frame">
          <header class="side">
            <Brand />
            <Navigation current={route.page} />
            <div class="tools">
              <LiveStatus />
              <ThemeSelect />
              <SignOutButton signOut={signOut} />
            </div>
          </header>
          <main ref={main} tabIndex={-1}>
            <ConnectionNotice />
            <CurrentPage route={route} />
          </main>
        </div>
      </LiveContext.Provider>
    </AboutContext.Provider>
  );
}
