import type { EventFilter } from '../route/event-filter';
import type { LaneFilter } from '../route/lane-filter';
import type { HttpCalls } from './http-calls';
import type {
  DeadLetterFilter,
  DeadLetterGroup,
  DestinationRecord,
  EventRecord,
  EventStory,
  FunctionSetting,
  Lane,
  Overview,
  SessionAnswer,
} from './records';

/** Every call that the dashboard makes. Rejects with `CallError`. */
export class RelayApi {
  constructor(private readonly http: HttpCalls) {}

  session(): Promise<SessionAnswer> {
    return this.http.get('/api/session');
  }

  signIn(proof: { readonly token: string } | { readonly code: string }): Promise<SessionAnswer> {
    return this.http.send('POST', '/api/session', proof);
  }

  signOut(): Promise<unknown> {
    return this.http.send('DELETE', '/api/session');
  }

  overview(): Promise<Overview> {
    return this.http.get('/api/overview');
  }

  events(
    filter: EventFilter,
    limit: number,
  ): Promise<{ readonly events: readonly EventRecord[]; readonly next: string | number | null }> {
    return this.http.get('/api/events', { ...filter, limit });
  }

  event(id: number): Promise<EventStory> {
    return this.http.get(`/api/events/${id}`);
  }

  lanes(
    filter: LaneFilter,
    limit: number,
  ): Promise<{ readonly lanes: readonly Lane[]; readonly next: string | number | null }> {
    return this.http.get('/api/lanes', { ...filter, limit });
  }

  pause(destination: string): Promise<DestinationRecord> {
    return this.http.send('POST', `/api/destinations/${encodeURIComponent(destination)}/pause`);
  }

  resume(destination: string): Promise<DestinationRecord> {
    return this.http.send('POST', `/api/destinations/${encodeURIComponent(destination)}/resume`);
  }

  deadLetters(): Promise<{ readonly groups: readonly DeadLetterGroup[] }> {
    return this.http.get('/api/dead-letters');
  }

  countDeadLetters(filter: DeadLetterFilter): Promise<{ readonly count: number }> {
    return this.http.send('POST', '/api/dead-letters/count', filter);
  }

  replayDeadLetters(filter: DeadLetterFilter): Promise<{ readonly replayed: number }> {
    return this.http.send('POST', '/api/dead-letters/replay', filter);
  }

  eraseUser(userId: string, destination: string | undefined): Promise<{ readonly erased: number }> {
    return this.http.send('POST', '/api/users/erase', {
      userId,
      ...(destination === undefined ? {} : { destination }),
    });
  }

  functionCode(): Promise<string> {
    return this.http.getText('/function/userleap.js');
  }

  functionSettings(): Promise<readonly FunctionSetting[]> {
    return this.http.get('/function/settings.json');
  }
}
