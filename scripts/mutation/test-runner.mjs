// The test runner for Stryker: the mutants of the sample in one process, each with only the tests that reach it.
import { readFileSync, writeFileSync } from 'node:fs';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { forgetModules, prepareProcess, runFile } from './one-process.mjs';
import { mutantKey } from './sample.mjs';

const { NAMESPACE, ACTIVE_MUTANT_ENV_VARIABLE } = INSTRUMENTER_CONSTANTS;
const ASYNC_TIMEOUT = /^(thrown: ")?Exceeded timeout of/;

/** What the instrumented sources read and write. */
const mutants = (globalThis[NAMESPACE] = { mutantCoverage: { static: {}, perTest: {} } });

/**
 * @param root - the folder of the sources, of which Stryker makes an instrumented copy
 * @param sample - the keys of the mutants to test
 * @param testFiles - below the root, with forward slashes
 * @param notes - the file for what the first run left out, and how long each file took
 */
export function createTestRunner({ root: sources, sample, testFiles, notes }) {
  const root = process.cwd();
  const keys = new Set(sample);
  let times; // Of the files in the first run, which may be another process's.
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => prepareProcess(root),
    dryRun: async () => {
      const leftOut = [];
      const tests = [];
      times = {};
      for (const file of testFiles) {
        const start = performance.now();
        tests.push(...(await observeFile(root, file, leftOut)));
        times[file] = performance.now() - start;
      }
      writeFileSync(notes, JSON.stringify({ leftOut, times }));
      return { status: DryRunStatus.Complete, tests, mutantCoverage: mutants.mutantCoverage };
    },
    mutantRun: async ({ activeMutant, testFilter, hitLimit, disableBail }) => {
      if (!keys.has(mutantKey(activeMutant, sources)))
        return { status: MutantRunStatus.Error, errorMessage: 'not in the sample' };
      Object.assign(mutants, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      process.env[ACTIVE_MUTANT_ENV_VARIABLE] = activeMutant.id; // For processes that tests start from the sources.
      try {
        times ??= JSON.parse(readFileSync(notes, 'utf8')).times;
        const result = await runTests(root, filesOf(testFilter, times), !disableBail);
        return determineHitLimitReached(mutants.hitCount, hitLimit) ?? toMutantRunResult(result);
      } finally {
        delete mutants.activeMutant;
        delete process.env[ACTIVE_MUTANT_ENV_VARIABLE];
      }
    },
  };
}

/** Runs a file without a mutant, and notes what each of its tests reaches. */
async function observeFile(root, file, leftOut) {
  forgetModules(root);
  const whole = `${file} (file)`;
  const start = performance.now();
  mutants.currentTestId = whole;
  const { failure, tests } = await runFile(root, file, {
    entered: (id) => (mutants.currentTestId = id ?? whole),
  });
  delete mutants.currentTestId;
  const passed = tests.filter(({ status }) => failure === undefined && status === 'passed');
  shareCoverage(whole, passed);
  for (const { id } of tests.filter((test) => !passed.includes(test)))
    delete mutants.mutantCoverage.perTest[id];
  if (failure !== undefined) {
    leftOut.push(`${file}: ${firstLine(failure)}`);
    return [];
  }
  leftOut.push(
    ...tests
      .filter(({ status }) => status === 'failed')
      .map(({ id, message }) => `${id}: ${firstLine(message)}`),
  );
  const rest = performance.now() - start - passed.reduce((sum, { duration }) => sum + duration, 0);
  return passed.map(({ id, duration }) => ({
    id,
    name: id,
    status: TestStatus.Success,
    timeSpentMs: duration + Math.max(0, rest) / passed.length,
  }));
}

/** What loading a file and its hooks reach, all of its tests depend on. Stryker would run all tests of all files. */
function shareCoverage(whole, tests) {
  const { perTest } = mutants.mutantCoverage;
  const shared = perTest[whole] ?? {};
  delete perTest[whole];
  for (const [index, { id }] of tests.entries()) {
    const reached = (perTest[id] ??= {});
    for (const [mutant, hits] of Object.entries(shared)) {
      reached[mutant] = (reached[mutant] ?? 0) + (index === 0 ? hits : 1);
    }
  }
}

/** The ids of tests by their files, the fastest file first: most faults are found by many tests. */
function filesOf(testFilter, times) {
  const files = new Map();
  for (const id of testFilter) {
    const file = id.slice(0, id.indexOf(' '));
    if (!files.has(file)) files.set(file, new Set());
    files.get(file).add(id);
  }
  return [...files].sort(([a], [b]) => times[a] - times[b]);
}

/** Runs the tests with some ids until one fails, with all modules loaded anew. */
async function runTests(root, files, bail) {
  forgetModules(root);
  const results = [];
  for (const [file, ids] of files) {
    const { failure, tests } = await runFile(root, file, { select: (id) => ids.has(id), bail });
    results.push(...tests.filter(({ status }) => status !== 'skipped'));
    if (failure !== undefined) results.push({ id: file, status: 'failed', duration: 0, message: failure });
    if (bail && results.some(({ status }) => status === 'failed')) break;
  }
  const failed = results.find(({ status }) => status === 'failed');
  if (failed && ASYNC_TIMEOUT.test(failed.message))
    return { status: DryRunStatus.Timeout, reason: failed.message };
  const tests = results.map(({ id, status, duration, message }) => ({
    id,
    name: id,
    timeSpentMs: duration,
    ...(status === 'failed'
      ? { status: TestStatus.Failed, failureMessage: message }
      : { status: TestStatus.Success }),
  }));
  return { status: DryRunStatus.Complete, tests };
}

const firstLine = (text) => text.split('\n')[0];
