// For Stryker: a checker that lets only the mutants of the sample be tested (the others count as not compiled), our
// test runner, and a reporter that prints nothing.
import { readFileSync } from 'node:fs';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { mutantKey } from './sample.mjs';
import { createTestRunner } from './test-runner.mjs';

/** What `mutate.mjs` decides: `root`, `sample` (keys of mutants), `testFiles`, and `notes` (a file to write). */
const readSettings = () => JSON.parse(readFileSync(process.env.MUTATION_SETTINGS, 'utf8'));

function createSampleChecker() {
  const { root, sample } = readSettings();
  const keys = new Set(sample);
  const verdict = (mutant) => (keys.has(mutantKey(mutant, root)) ? 'passed' : 'compileError');
  return {
    init: async () => {},
    group: async (mutants) => [mutants.map(({ id }) => id)],
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [mutant.id, { status: verdict(mutant), reason: 'not in the sample' }]),
      ),
  };
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.Checker, 'sample', createSampleChecker),
  declareFactoryPlugin(PluginKind.TestRunner, 'one-process', () => createTestRunner(readSettings())),
  declareFactoryPlugin(PluginKind.Reporter, 'quiet', () => ({})),
];
