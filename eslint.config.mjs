import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The rooms of `lib/`, and what each may import from beside itself. Imports go one way: what handles plain trees knows
 * no construct, and nothing imports the command line. A room that is not listed here fails the lint run.
 */
const ground = ['plain', 'findings', 'kinds', 'yaml', 'tree'];
const constructs = [...ground, 'schema', 'sops', 'flux', 'render', 'delivery'];
const rooms = {
  plain: [],
  findings: ['plain'],
  kinds: ['plain'],
  yaml: ['plain', 'findings'],
  tree: ground,
  config: ground,
  publish: ground,
  rollout: [...ground, 'config', 'revisions'],
  rbac: ground,
  schema: ground,
  sops: ground,
  graph: [...ground, 'config'],
  shared: [...ground, 'graph'],
  mask: [...ground, 'sops', 'graph'],
  check: [...ground, 'config', 'rbac', 'rollout', 'schema', 'sops', 'graph', 'mask'],
  secrets: [...ground, 'config', 'sops', 'graph'],
  draw: [...ground, 'graph', 'mask'],
  revisions: [...ground, 'config'],
  diff: [...ground, 'config', 'rbac', 'sops', 'graph', 'mask', 'check', 'draw'],
  move: [...ground, 'config', 'graph', 'diff'],
  ci: [...ground, 'check', 'diff'],
  hooks: [...ground, 'revisions'],
  init: [...ground, 'config', 'sops', 'rollout'],
  oci: [...ground, 'graph'],
  flux: [...ground, 'schema'],
  render: [...ground, 'schema', 'flux'],
  delivery: [...ground, 'schema', 'sops', 'flux', 'render'],
  fleet: [...constructs, 'config', 'rollout'],
  plan: [...constructs, 'graph', 'shared'],
  app: [...constructs, 'config', 'publish', 'graph', 'mask', 'draw', 'check', 'rollout', 'fleet', 'plan'],
  testing: [...constructs, 'config', 'graph', 'plan', 'app'],
  cli: [
    ...ground,
    'config',
    'publish',
    'schema',
    'sops',
    'graph',
    'mask',
    'check',
    'secrets',
    'draw',
    'revisions',
    'diff',
    'rollout',
    'move',
    'ci',
    'hooks',
    'oci',
    'init',
  ],
};
const withConstructs = ['flux', 'render', 'delivery', 'fleet', 'plan', 'app', 'testing'];

/** Matches imports of a list of rooms from any depth of another one. */
const importsOf = (names) => `^(?:\\.\\./)+(?:${names.join('|')})/`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  files: [`lib/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: importsOf(
              Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other)),
            ),
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
      'site/pages/',
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
  {
    files: ['lib/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      complexity: ['error', 15],
      'max-params': ['error', 4],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > VariableDeclaration[kind="let"]',
          message: 'A module must not change: keep the state in an object, or use lazy() or once().',
        },
      ],
      'max-lines-per-function': ['error', 50],
    },
  },
  // The public surface is a list.
  { files: ['lib/index.ts'], rules: { 'max-lines': 'off' } },
  ...roomRules,
);
