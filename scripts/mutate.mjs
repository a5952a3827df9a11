// Changes one condition, number or statement of a room at a time, and lists the changes that no test notices.
//   npm run mutate -- tree                       250 mutants of lib/tree, judged by test/tree
//   npm run mutate -- schema/cel --tests schema/cel,schema/cel-rules
//   npm run mutate -- sops/envelope --count 400 --seed 7 --concurrency 2
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { drawSample, excludedMutations, listMutants, mutantKey } from './mutation/sample.mjs';
import { formatScore, formatSurvivors } from './mutation/report.mjs';

const root = join(import.meta.dirname, '..');
const usage = 'usage: npm run mutate -- <room> [--tests a,b] [--count 250] [--seed 1] [--concurrency 1]';

/** Tests that run the built package in their own processes: mutants of the sources do not reach them. */
const OUT_OF_REACH = ['/kill\\.test\\.ts$', '\\.long\\.test\\.ts$', '/test/package/'];

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${sep}generated${sep}`))
    .sort();
}

/** The sources of `lib/<room>`: a folder, or one file without its ending. */
function sourcesOf(room) {
  const path = join(root, 'lib', room);
  if (existsSync(path) && statSync(path).isDirectory()) return filesBelow(path);
  return existsSync(`${path}.ts`) ? [`${path}.ts`] : [];
}

/** The tests of a room: the nearest folder of `test/` that mirrors it. */
function testsOf(room) {
  const parts = room.split('/');
  while (parts.length > 1 && !existsSync(join(root, 'test', ...parts))) parts.pop();
  return parts.join('/');
}

async function runStryker(files, tests, concurrency) {
  const stryker = new Stryker({
    mutate: files.map((file) => relative(root, file).replaceAll('\\', '/')),
    mutator: { excludedMutations },
    testRunner: 'jest',
    jest: {
      configFile: 'jest.config.js',
      enableFindRelatedTests: false,
      config: {
        testMatch: tests.flatMap((name) => [`**/test/${name}/**/*.test.ts`, `**/test/${name}.test.ts`]),
        testPathIgnorePatterns: OUT_OF_REACH,
      },
    },
    coverageAnalysis: 'perTest',
    checkers: ['sample'],
    plugins: ['@stryker-mutator/jest-runner', join(root, 'scripts/mutation/stryker-plugins.mjs')],
    reporters: [process.stdout.isTTY ? 'progress' : 'quiet'],
    ignorePatterns: ['/bench', '/coverage'],
    concurrency,
    timeoutMS: 20_000,
    disableTypeChecks: false,
    allowConsoleColors: false,
    warnings: { slow: false },
    logLevel: 'warn',
  });
  return stryker.runMutationTest();
}

async function mutate(room, { tests, count, seed, concurrency }) {
  const files = sourcesOf(room);
  const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const keys = await listMutants(files, root);
  const sample = new Set(drawSample(keys, count, seed));
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-mutate-'));
  try {
    process.env.ORACLES = 'off'; // Their answers are in tables.
    process.env.MUTATION_ROOT = root;
    process.env.MUTATION_SAMPLE = join(scratch, 'sample.json');
    writeFileSync(process.env.MUTATION_SAMPLE, JSON.stringify([...sample]));
    const results = (await runStryker(files, tests, concurrency)).filter((mutant) =>
      sample.has(mutantKey(mutant, root, 1)),
    );
    console.log(formatSurvivors(results, root, sources));
    console.log(formatScore(room, results, { all: keys.length, seed, tests }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tests: { type: 'string' },
      count: { type: 'string', default: '250' },
      seed: { type: 'string', default: '1' },
      concurrency: { type: 'string', default: '1' },
    },
  });
  const [room, ...more] = positionals;
  const [count, concurrency] = [values.count, values.concurrency].map(Number);
  if (!room || more.length > 0 || !(count > 0) || !(concurrency > 0)) throw new Error(usage);
  if (sourcesOf(room).length === 0) throw new Error(`lib/${room} has no sources\n${usage}`);
  return [
    room,
    { tests: values.tests?.split(',') ?? [testsOf(room)], count, seed: values.seed, concurrency },
  ];
}

let wanted;
try {
  wanted = readArguments();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
if (wanted) {
  process.chdir(root);
  await mutate(...wanted);
}
