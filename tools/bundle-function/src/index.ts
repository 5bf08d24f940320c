export { bundleFunction } from './bundle-function';
