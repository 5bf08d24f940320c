import { parseCommandLine } from './parse-command-line';
import type { SandboxOptions } from './sandbox-options';
import { startSandbox } from './start-sandbox';

const commandLine = parseCommandLine(process.argv.slice(2));
if (commandLine.ok) void run(commandLine.options);
else fail(commandLine.message, 2);

async function run(options: SandboxOptions): Promise<void> {
  try {
    const sandbox = await startSandbox(options);
    const stop = (): void => void sandbox.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const control = `${sandbox.url}/__sandbox`;
    console.log(
      `UserLeap sandbox on ${sandbox.url} (GET ${control}/requests, GET ${control}/users, ` +
        `POST ${control}/faults, DELETE ${control})`,
    );
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    fail(isTaken ? `port ${options.port} is already in use` : String(error), 1);
  }
}

function fail(message: string, exitCode: number): void {
  console.error(`userleap-sandbox: ${message}`);
  process.exitCode = exitCode;
}
