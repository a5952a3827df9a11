import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The rooms of `lib/`, and what each may import from. Imports go one way: what handles plain trees knows no
 * construct, and nothing imports the command line. A room that is not listed here fails the lint run.
 */
const rooms = {
  plain: [],
  findings: [],
  kinds: ['plain'],
  yaml: ['plain', 'findings'],
  tree: ['plain', 'findings', 'kinds', 'yaml'],
  config: ['plain', 'findings', 'kinds', 'yaml', 'tree'],
  publish: ['plain', 'findings', 'kinds', 'yaml', 'tree'],
  schema: ['plain', 'findings', 'kinds', 'yaml', 'tree'],
  sops: ['plain', 'findings', 'kinds', 'yaml', 'tree'],
  graph: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'config'],
  mask: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'sops', 'graph'],
  check: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'config', 'schema', 'sops', 'graph', 'mask'],
  secrets: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'config', 'sops', 'graph'],
  draw: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'graph', 'mask'],
  flux: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'schema'],
  delivery: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'schema', 'sops', 'flux'],
  plan: ['plain', 'findings', 'kinds', 'yaml', 'tree', 'schema', 'sops', 'flux', 'delivery'],
  app: [
    'plain',
    'findings',
    'kinds',
    'yaml',
    'tree',
    'config',
    'publish',
    'schema',
    'sops',
    'graph',
    'mask',
    'draw',
    'check',
    'flux',
    'delivery',
    'plan',
  ],
  testing: ['plain', 'findings', 'yaml', 'tree', 'config', 'schema', 'flux', 'delivery', 'plan'],
  cli: [
    'plain',
    'findings',
    'kinds',
    'yaml',
    'tree',
    'config',
    'publish',
    'schema',
    'sops',
    'graph',
    'mask',
    'check',
    'secrets',
    'draw',
  ],
};
const withConstructs = ['flux', 'delivery', 'plan', 'app', 'testing'];

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  files: [`lib/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: Object.keys(rooms)
              .filter((other) => other !== room && !allowed.includes(other))
              .flatMap((other) => [`../${other}/*`, `../../${other}/*`]),
            message: `lib/${room} may import only from ${allowed.join(', ') || 'no other room'} (see docs/architecture.md)`,
          },
          ...(withConstructs.includes(room)
            ? []
            : [
                {
                  group: ['cdk8s', 'constructs', 'cdk8s-plus-28', '**/imports/*'],
                  message: `lib/${room} handles plain trees and knows no construct`,
                },
              ]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'imports/',
      'lib/schema/generated/',
      'lib/flux/generated/',
      'coverage/',
      '.stryker-tmp/',
      'cluster-resources/',
      'examples/*/dist/',
      'test/**/fixtures/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['scripts/**', 'bench/**', '**/*.mjs', '**/*.cjs', 'jest.config.js'],
    rules: { 'no-console': 'off' },
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'module',
          'require',
          'performance',
          'Buffer',
          'URL',
          'setTimeout',
          '__dirname',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  ...roomRules,
);
