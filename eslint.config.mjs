import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// Arrows point one way, and there is no row for "*": a project without tags may import nothing.
const NEST = ['@nestjs/*', 'nestjs-*'];
const depConstraints = [
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:delivery', 'type:mapping', 'type:schema', 'type:validation'],
  },
  { sourceTag: 'type:delivery', onlyDependOnLibsWithTags: ['type:mapping', 'type:schema', 'type:validation'] },
  { sourceTag: 'type:mapping', onlyDependOnLibsWithTags: ['type:schema', 'type:validation'] },
  { sourceTag: 'type:schema', onlyDependOnLibsWithTags: ['type:validation'] },
  { sourceTag: 'type:validation', onlyDependOnLibsWithTags: [] },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:delivery', 'type:mapping', 'type:schema', 'type:validation', 'type:tool'],
    bannedExternalImports: NEST,
  },
  { sourceTag: 'runtime:pure', onlyDependOnLibsWithTags: ['runtime:pure'], bannedExternalImports: NEST },
  { sourceTag: 'runtime:segment', onlyDependOnLibsWithTags: ['runtime:pure'], bannedExternalImports: NEST },
  { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:pure'], bannedExternalImports: NEST },
  { sourceTag: 'runtime:node', onlyDependOnLibsWithTags: ['runtime:pure', 'runtime:node'] },
];

// Apps and tools meet over HTTP or built output: these are the types of what the relay answers, written by its build.
const ADMIN_API_TYPES = '^[./]+/dist/apps/relay/admin-api$';

const CLOCK_AND_CHANCE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Time is an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance is an argument.' },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/out-nodes', '**/coverage', '**/*.d.ts', '.nx', 'data'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints, enforceBuildableLibDependency: true, allow: [ADMIN_API_TYPES] },
      ],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': 'off', // schemas and Nest modules are classes for their decorators
      '@typescript-eslint/no-unused-vars': 'off', // the compiler tells of them, in a tenth of the time
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...CLOCK_AND_CHANCE],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'setTimeout', 'setInterval', 'console'],
    },
  },
  {
    // What Nest injects by type is a value at run time.
    files: ['apps/relay/**/*.ts'],
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
  },
  {
    // The relay runs no lib schema through Nest's pipe and reads the environment in one place.
    files: ['apps/relay/src/**/*.ts'],
    ignores: ['apps/relay/src/config/**', 'apps/relay/src/main.ts', 'apps/relay/src/check/main.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only config reads the environment.',
        },
      ],
    },
  },
  {
    // The build alone loads swagger: it would cost each start of the relay 70 ms.
    files: ['apps/relay/src/**/*.ts'],
    ignores: [
      'apps/relay/src/write-api-description.ts',
      'apps/relay/src/api-description/{describe-api,decorate-calls}*',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/swagger', '**/describe-api', '**/decorate-calls'],
              message: 'Only the build loads swagger.',
            },
          ],
        },
      ],
    },
  },
  {
    // Text from outside stays text: no HTML is made from strings, and pages are built of components only.
    files: ['apps/relay-dashboard/src/**/*.ts', 'apps/relay-dashboard/src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'No HTML from strings.' },
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|write)$/]',
          message: 'No HTML from strings.',
        },
      ],
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        process: 'readonly',
        console: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['eslint.config.mjs', '**/*.config.mjs'], rules: { 'no-restricted-exports': 'off' } },
);
