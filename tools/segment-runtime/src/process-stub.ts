import { hrtime } from 'node:process';

// The real `process` would let the code read our environment and end the host.
export const PROCESS_STUB = Object.freeze({ env: Object.freeze({}), version: 'v22.0.0', hrtime });
