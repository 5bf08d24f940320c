import type { JSX } from 'preact';
import type { Route } from '../route/route';
import { DeadLettersPage } from './dead-letters/dead-letters-page';
import { EventNamesPage } from './event-names/event-names-page';
import { EventPage } from './event/event-page';
import { EventsPage } from './events/events-page';
import { FunctionPage } from './function/function-page';
import { NotFoundPage } from './not-found-page';
import { OverviewPage } from './overview/overview-page';
import { PlaygroundPage } from './playground/playground-page';
import { UsagePage } from './usage/usage-page';
import { SettingsPage } from './settings/settings-page';
import { WaitingPage } from './waiting/waiting-page';

/** The page of a route. */
export function CurrentPage({ route }: { readonly route: Route }): JSX.Element {
  switch (route.page) {
    case 'overview':
      return <OverviewPage />;
    case 'events':
      return <EventsPage filter={route.filter} />;
    case 'event':
      return <EventPage key={route.id} id={route.id} />;
    case 'waiting':
      return <WaitingPage filter={route.filter} />;
    case 'dead-letters':
      return <DeadLettersPage />;
    case 'event-names':
      return <EventNamesPage filter={route.filter} />;
    case 'usage':
      return <UsagePage filter={route.filter} />;
    case 'playground':
      return <PlaygroundPage />;
    case 'function':
      return <FunctionPage />;
    case 'settings':
      return <SettingsPage />;
    case 'not-found':
      return <NotFoundPage />;
  }
}
