import { Linter } from 'eslint';
import { HANDLERS } from './build-code';
import { SEGMENT_GLOBALS, UNCERTAIN_GLOBALS } from './segment-globals';

// What other hosts have. (`Function` may be named, as in `instanceof Function`, but not called.)
const FORBIDDEN = ['eval', 'require', 'module', 'exports', 'process', 'global', 'window', 'self', 'document'];

/**
 * What Segment's editor or runtime would not take, one sentence each, with its line; empty for a good file. Names are
 * resolved by scope, so that a property or a local variable of the same name is no finding.
 */
export function scanCode(code: string): readonly string[] {
  const config: Linter.Config = {
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: 'script',
      globals: {
        ...Object.fromEntries([...SEGMENT_GLOBALS, ...UNCERTAIN_GLOBALS].map((name) => [name, 'readonly' as const])),
        ...Object.fromEntries(FORBIDDEN.map((name) => [name, 'off' as const])),
      },
    },
    rules: {
      'no-undef': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...forbiddenSyntax()],
    },
  };
  const messages = new Linter().verify(code, config, { allowInlineConfig: false });
  return messages.map(({ line, message }) => `line ${line}: ${message}`);
}

function forbiddenSyntax(): { selector: string; message: string }[] {
  // Segment's wrapper has the handlers' names as parameters: declaring one again is a syntax error.
  const handler = `name=/^(${HANDLERS.join('|')})$/`;
  const declarator = 'Program > VariableDeclaration > VariableDeclarator';
  return [
    { selector: 'ImportExpression', message: 'import() is not there.' },
    ...[
      `${declarator}[id.${handler}]`,
      `${declarator} > :matches(ObjectPattern, ArrayPattern) Identifier[${handler}]`,
      `Program > ClassDeclaration[id.${handler}]`,
    ].map((selector) => ({ selector, message: 'A handler has to be a top-level function declaration.' })),
    // `(() => {}).constructor('…')` is `Function` by another name.
    { selector: "CallExpression[callee.property.name='constructor']", message: 'Code may not be made from text.' },
  ];
}
