export { bundleFunction } from './bundle-function';
export type { BundledFile } from './bundle-function';
