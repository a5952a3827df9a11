// For Stryker: our test runner, and a reporter that prints nothing.
import { readFileSync } from 'node:fs';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createTestRunner } from './test-runner.mjs';

/** What `mutate.mjs` decides: `root`, `sample` (keys of mutants), `testFiles`, and `notes` (a file to write). */
const readSettings = () => JSON.parse(readFileSync(process.env.MUTATION_SETTINGS, 'utf8'));

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'one-process', () => createTestRunner(readSettings())),
  declareFactoryPlugin(PluginKind.Reporter, 'quiet', () => ({})),
];
