require('./jest.memory.cjs')();

const PACKAGES = '(?:class-validator/cjs|kysely/dist/cjs|@nestjs/common)/index.js$';
const BUNDLED = `/node_modules/${PACKAGES}`;

// What every project's jest.config.cjs spreads: TypeScript through swc (types are checked by `typecheck`),
// libraries from source through the workspace's export condition.
module.exports = {
  testEnvironment: require.resolve('./jest.environment.cjs'),
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.e2e-spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  testEnvironmentOptions: { customExportConditions: ['@segment-userleap/source', 'require', 'node', 'default'] },
  transform: {
    [BUNDLED]: require.resolve('./jest.bundle.cjs'),
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!@segment-userleap/)(?!${PACKAGES})`],
  coverageProvider: 'v8',
};
