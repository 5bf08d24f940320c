import { Injectable, Logger } from '@nestjs/common';

/** Says once that the store fails, and once that it works again, however many calls find out. */
@Injectable()
export class StorageAlarm {
  private readonly logger = new Logger('outbox');
  private isFailing = false;

  failed(error: unknown): void {
    if (this.isFailing) return;
    this.isFailing = true;
    this.logger.error(
      `the store failed (${errorKind(error)}): senders are told to come back later, nothing accepted is lost`,
    );
  }

  worked(): void {
    if (!this.isFailing) return;
    this.isFailing = false;
    this.logger.log('the store works again');
  }
}

/** The kind of an error; its text may quote what was stored. */
function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
