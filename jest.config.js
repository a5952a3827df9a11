/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Most time goes to processes that tests start and wait for: one worker a core.
  maxWorkers: '100%',
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  moduleNameMapper: {
    '^cdk8s-flux$': '<rootDir>/lib/index.ts',
    '^cdk8s-flux/(testing|tree)$': '<rootDir>/lib/$1/index.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};
