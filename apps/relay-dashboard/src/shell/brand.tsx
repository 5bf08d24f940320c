import type { JSX } from 'preact';
import { useAbout } from './use-about';

/** Which relay this is: its name, its version, and which UserLeap it delivers to. */
export function Brand(): JSX.Element {
  const about = useAbout();
  return (
    <div class="brand">
      <span class="long">{about?.name ?? 'UserLeap relay'}</span>
      {about && (
        <small class="long">
          v{about.version} → {about.hosts.join(', ')}
        </small>
      )}
    </div>
  );
}
