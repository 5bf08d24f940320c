/** The relay's version. The built relay is one file with no package.json beside it: a test keeps it the same as there. */
export const RELAY_VERSION = '0.1.0';
