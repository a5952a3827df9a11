// For Stryker: a checker that lets only the mutants of the sample be tested (the others count as not compiled), and a
// reporter that prints nothing.
import { readFileSync } from 'node:fs';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { mutantKey } from './sample.mjs';

function createSampleChecker() {
  let sample = new Set();
  return {
    init: async () => {
      sample = new Set(JSON.parse(readFileSync(process.env.MUTATION_SAMPLE, 'utf8')));
    },
    check: async (mutants) => {
      const verdict = (mutant) =>
        sample.has(mutantKey(mutant, process.env.MUTATION_ROOT)) ? 'passed' : 'compileError';
      return Object.fromEntries(
        mutants.map((mutant) => [mutant.id, { status: verdict(mutant), reason: 'not in the sample' }]),
      );
    },
  };
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.Checker, 'sample', createSampleChecker),
  declareFactoryPlugin(PluginKind.Reporter, 'quiet', () => ({})),
];
