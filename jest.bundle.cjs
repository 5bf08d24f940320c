const { createHash } = require('node:crypto');
const { buildSync, version } = require('esbuild');

/**
 * For jest: a package of hundreds of files as one file, with the packages that it alone needs. Each file of tests loads its
 * modules anew, and that takes the longer the more of them there are.
 */
module.exports = {
  getCacheKey: (source, path) => createHash('sha256').update(`${version} ${path} ${source}`).digest('hex'),
  process: (_, path) => ({ code: bundle(path) }),
};

function bundle(path) {
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    // Others load it, too, or nobody does.
    external: ['reflect-metadata', 'class-validator', 'class-transformer'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
