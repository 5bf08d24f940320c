import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ScriptLanguage } from './snippets';

/** How scripts of a language are run. */
interface Interpreter {
  /** First what Debian installs: its packages are not there for an interpreter that a version manager put before it. */
  readonly commands: readonly string[];
  readonly extension: string;
  /** Before the snippet. */
  readonly opening: string;
  /** Arguments before the script's path, and variables, so that the client's sources are found and the certificate is trusted. */
  readonly args: (certificate: string) => readonly string[];
  readonly env: (sources: string, certificate: string) => Readonly<Record<string, string>>;
}

/** By language. */
export const INTERPRETERS: Readonly<Record<ScriptLanguage, Interpreter>> = {
  python: {
    commands: ['/usr/bin/python3', 'python3'],
    extension: 'py',
    opening: '',
    args: () => [],
    env: (sources, certificate) => ({
      PYTHONPATH: sources,
      PYTHONDONTWRITEBYTECODE: '1',
      REQUESTS_CA_BUNDLE: certificate,
    }),
  },
  ruby: {
    commands: ['/usr/bin/ruby', 'ruby'],
    extension: 'rb',
    opening: '',
    args: () => [],
    env: (sources, certificate) => ({ RUBYLIB: join(sources, 'lib'), SSL_CERT_FILE: certificate }),
  },
  php: {
    commands: ['/usr/bin/php', 'php'],
    extension: 'php',
    opening: '<?php\n',
    args: (certificate) => ['-d', `curl.cainfo=${certificate}`, '-d', 'display_errors=stderr'],
    env: () => ({}),
  },
};

/** What Composer would write: classes are found in the sources, and those of Debian's packages beside them. */
export function phpAutoload(sources: string): string {
  return `<?php
spl_autoload_register(function ($class) {
    $file = '${join(sources, 'lib')}/' . str_replace('\\\\', '/', preg_replace('/^\\w+\\\\\\\\/', '', $class)) . '.php';
    if (is_file($file)) require_once $file;
});
if (stream_resolve_include_path('Ramsey/Uuid/autoload.php')) require_once 'Ramsey/Uuid/autoload.php';
`;
}

/** The path of an interpreter, or undefined where there is none. */
export function findInterpreter(language: ScriptLanguage, path = process.env.PATH ?? ''): string | undefined {
  const places = INTERPRETERS[language].commands.flatMap((command) =>
    command.startsWith('/') ? [command] : path.split(delimiter).map((folder) => join(folder, command)),
  );
  return places.find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
