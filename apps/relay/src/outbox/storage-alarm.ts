import { Injectable, Logger } from '@nestjs/common';

/** Says once that the store fails, and once that it works again, however many calls find out. */
@Injectable()
export class StorageAlarm {
  private readonly logger = new Logger('outbox');
  #failure: string | undefined;

  /** The kind of what fails; undefined while the store works. */
  get failure(): string | undefined {
    return this.#failure;
  }

  failed(error: unknown): void {
    const isNews = this.#failure === undefined;
    this.#failure = errorKind(error);
    if (!isNews) return;
    this.logger.error(
      `the store failed (${this.#failure}): senders are told to come back later, nothing accepted is lost`,
    );
  }

  worked(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.logger.log('the store works again');
  }
}

/** The kind of an error; its text may quote what was stored. */
function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
