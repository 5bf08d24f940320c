import { SqliteDialect, SqliteQueryCompiler } from 'kysely';
import type { QueryCompiler, SelectModifierNode } from 'kysely';

/** SQLite, for queries that lock rows where a database has several writers. It has one: the lock is on the whole file. */
export class OneWriterDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new WithoutRowLocks();
  }
}

const ROW_LOCKS: readonly SelectModifierNode['modifier'][] = ['ForUpdate', 'SkipLocked'];

class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!ROW_LOCKS.includes(node.modifier)) super.visitSelectModifier(node);
  }
}
