import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeApi } from './api-description/describe-api';
import { IntakeModule } from './intake/intake.module';
import { OperationsModule } from './operations/operations.module';

// Run by the build: nothing is started, no socket and no store is opened.
const [, , file] = process.argv;
if (file === undefined) throw new Error('expected the name of the file to write');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(describeApi([IntakeModule, OperationsModule]), null, 2)}\n`);
