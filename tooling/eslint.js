// The house rules, enforced. ARCHITECTURE.md says why each one is there.
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const houseRules = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
  'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 5],
};

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const librariesOnly = [
  noDefaultExport,
  { selector: 'ClassDeclaration', message: 'Functions and closures, not classes.' },
  { selector: 'ExportAllDeclaration', message: 'An index is a table of contents: name what it exports.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness arrives as a seeded Rng.',
  },
  { selector: "NewExpression[callee.name='Date']", message: 'The clock belongs to the apps.' },
  { selector: "MemberExpression[object.name='Date']", message: 'The clock belongs to the apps.' },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.generated.ts', 'runs/**', '**/assembly/**', '**/.turbo/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: houseRules,
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { jsdoc },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...librariesOnly],
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { FunctionDeclaration: true, ArrowFunctionExpression: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ExportNamedDeclaration > VariableDeclaration'],
        },
      ],
    },
  },
  {
    // Only the engine, the Node subpaths and the applications may touch files, processes and the clock.
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/engine/**', 'packages/*/src/node/**', 'packages/*/src/node.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'sharp'], message: 'Node belongs behind a /node subpath.' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', '__dirname', 'performance'],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': ['error', { max: 400 }] },
  },
);
