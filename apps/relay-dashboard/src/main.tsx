import { render } from 'preact';
import { App } from './app';
import { takeLoginCode } from './route/login-code';
import { applyTheme, loadTheme } from './shell/theme';

// A sign-in link that is opened in a tab that has the dashboard already changes the address only.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#login=')) location.reload();
});

applyTheme(loadTheme());
render(<App code={takeLoginCode()} />, document.body);
