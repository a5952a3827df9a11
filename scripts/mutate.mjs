// Changes one condition, number or statement of a room at a time, and lists the changes that no test notices.
//   npm run mutate -- tree                       250 mutants of lib/tree, judged by test/tree
//   npm run mutate -- schema/cel --tests schema/cel,schema/cel-rules
//   npm run mutate -- sops/envelope --count 400 --seed 7 --concurrency 2
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { drawSample, excludedMutations, listMutants, mutantKey } from './mutation/sample.mjs';
import { formatLeftOut, formatScore, formatSurvivors, formatTimeouts } from './mutation/report.mjs';

const usage =
  'usage: npm run mutate -- <room> [--tests a,b] [--count 250] [--seed 1] [--concurrency 1] [--root folder]';

/** Tests that run the built package, take long, or exchange modules: they cannot judge mutants in one process. */
const OUT_OF_REACH = [
  { reason: 'takes long', test: (file) => file.endsWith('.long.test.ts') },
  { reason: 'runs programs that it kills', test: (file) => file.endsWith('/kill.test.ts') },
  { reason: 'runs the built package', test: (_file, text) => text.includes("tools/built'") },
  {
    reason: 'exchanges modules',
    test: (_file, text) => /\bjest\.(do)?(mock|isolateModules|resetModules)/.test(text),
  },
];

/** Sources that tests run only as bundles of the build, in threads or in a browser: no mutant reaches them. */
const BUNDLED = ['sops/keys/worker/key-worker.ts', 'draw/page/', 'draw/layout/process/'];

const SNAPSHOT = /\.to(Match|ThrowErrorMatching)(Inline)?Snapshot\(/g;

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${sep}generated${sep}`))
    .sort();
}

/** The files of a folder, or the one file of this name without its ending. */
function filesOf(path, ending) {
  if (existsSync(path) && statSync(path).isDirectory()) return filesBelow(path, ending);
  return existsSync(path + ending) ? [path + ending] : [];
}

/** The sources of a room that mutants can reach, and the others. */
function chooseSources(root, room) {
  const below = (file) => relative(join(root, 'lib'), file).replaceAll('\\', '/');
  const bundled = (file) => BUNDLED.some((start) => below(file).startsWith(start));
  const all = filesOf(join(root, 'lib', room), '.ts');
  return {
    files: all.filter((file) => !bundled(file)),
    leftOut: all.filter(bundled).map((file) => `lib/${below(file)}: runs only as part of the build`),
  };
}

/** The tests of a room: the nearest folder of `test/` that mirrors it. */
function testsOf(root, room) {
  const parts = room.split('/');
  while (parts.length > 1 && !existsSync(join(root, 'test', ...parts))) parts.pop();
  return parts.join('/');
}

/** The files with tests, below the root, and those of them that cannot judge mutants. */
function chooseTests(root, names) {
  const chosen = { testFiles: [], leftOut: [] };
  for (const path of names.flatMap((name) => filesOf(join(root, 'test', name), '.test.ts'))) {
    const file = relative(root, path).replaceAll('\\', '/');
    const text = readFileSync(path, 'utf8');
    const found = OUT_OF_REACH.find(({ test }) => test(file, text));
    const snapshots = text.match(SNAPSHOT)?.length ?? 0;
    if (found) chosen.leftOut.push(`${file}: ${found.reason}`);
    else chosen.testFiles.push(file);
    if (!found && snapshots > 0) chosen.leftOut.push(`${file}: snapshots that are not checked: ${snapshots}`);
  }
  return chosen;
}

async function runStryker(files, root, concurrency) {
  const stryker = new Stryker({
    mutate: files.map((file) => relative(root, file).replaceAll('\\', '/')),
    mutator: { excludedMutations },
    testRunner: 'one-process',
    coverageAnalysis: 'perTest',
    plugins: [join(import.meta.dirname, 'mutation/stryker-plugins.mjs')],
    reporters: [process.stdout.isTTY ? 'progress' : 'quiet'],
    ignorePatterns: ['/bench', '/coverage'],
    concurrency,
    testRunnerNodeArgs: ['--max-old-space-size=1536'],
    timeoutMS: 10_000,
    timeoutFactor: 4, // Others may use the machine.
    disableTypeChecks: false,
    allowConsoleColors: false,
    warnings: { slow: false },
    logLevel: 'warn',
  });
  return stryker.runMutationTest();
}

async function mutate(room, { root, tests, count, seed, concurrency }) {
  const { files, leftOut } = chooseSources(root, room);
  const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const keys = await listMutants(files, root);
  const sample = new Set(drawSample(keys, count, seed));
  const { testFiles, leftOut: leftOutTests } = chooseTests(root, tests);
  const scratch = mkdtempSync(join(tmpdir(), 'mutate-'));
  const notes = join(scratch, 'notes.json');
  try {
    process.env.ORACLES = 'off'; // Their answers are in tables.
    process.env.TMPDIR = scratch; // What a test does not remove because a mutant stops it.
    process.env.MUTATION_SETTINGS = join(scratch, 'settings.json');
    writeFileSync(
      process.env.MUTATION_SETTINGS,
      JSON.stringify({ root, sample: [...sample], testFiles, notes }),
    );
    const start = performance.now();
    const results = (await runStryker(files, root, concurrency)).filter((mutant) =>
      sample.has(mutantKey(mutant, root, 1)),
    );
    const seconds = (performance.now() - start) / 1000;
    leftOut.push(...leftOutTests, ...JSON.parse(readFileSync(notes, 'utf8')).leftOut);
    console.log(formatSurvivors(results, root, sources));
    console.log(formatTimeouts(results, root, sources) + formatLeftOut(leftOut));
    console.log(formatScore(room, results, { all: keys.length, seed, tests, seconds }));
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
      root: { type: 'string', default: join(import.meta.dirname, '..') },
    },
  });
  const [room, ...more] = positionals;
  const [count, concurrency] = [values.count, values.concurrency].map(Number);
  if (!room || more.length > 0 || !(count > 0) || !(concurrency > 0)) throw new Error(usage);
  const root = resolve(values.root);
  if (chooseSources(root, room).files.length === 0)
    throw new Error(`lib/${room} has no sources that mutants can reach\n${usage}`);
  const tests = values.tests?.split(',') ?? [testsOf(root, room)];
  return [room, { root, tests, count, seed: values.seed, concurrency }];
}

let wanted;
try {
  wanted = readArguments();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
if (wanted) {
  process.chdir(wanted[1].root);
  await mutate(...wanted);
}
