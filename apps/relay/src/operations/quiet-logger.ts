import { Logger } from 'nestjs-pino';

// Each module that is loaded and each route that there is: some 70 lines at each start that say the same every time.
const CONTEXTS_OF_NEST: readonly unknown[] = [
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
];

/** The log without what Nest tells of its own work; its warnings and errors stay. */
export class QuietLogger extends Logger {
  override log(message: unknown, ...more: unknown[]): void {
    if (!CONTEXTS_OF_NEST.includes(more.at(-1))) super.log(message, ...more);
  }
}
