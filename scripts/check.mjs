// Runs everything that must be clean, and reports what is not.
//   npm run check                    all checks
//   npm run check -- lint types      only those
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sourceStamp, stampFile } from './source-stamp.cjs';
import { toolPath } from './tool.mjs';

const root = join(import.meta.dirname, '..');

/** Where the tools store what they know about unchanged files, so that a second run is fast. */
const caches = join(root, 'node_modules/.cache/cdk8s-flux');
const cached = (tool) => ['--cache', '--cache-location', join(caches, tool)];

/**
 * What must be clean: its command, and the command that fixes it. Long ones come first, so that they do not run alone
 * at the end.
 */
const checks = [
  {
    name: 'lint',
    command: [
      toolPath('eslint'),
      ...cached('eslint'),
      '--cache-strategy',
      'content',
      '--max-warnings',
      '0',
      '.',
    ],
    fix: 'npm run lint -- --fix',
  },
  {
    name: 'types',
    command: [
      toolPath('typescript', 'tsc'),
      '-p',
      'tsconfig.json',
      '--incremental',
      '--tsBuildInfoFile',
      join(caches, 'types.tsbuildinfo'),
    ],
  },
  { name: 'page', command: [toolPath('typescript', 'tsc'), '-p', 'lib/draw/page'] },
  { name: 'api', command: ['scripts/api.mjs', '--check'] },
  { name: 'package', command: ['scripts/check-package.mjs'] },
  {
    name: 'format',
    command: [toolPath('prettier'), ...cached('prettier'), '--cache-strategy', 'content', '--check', '.'],
    fix: 'npm run format',
  },
  { name: 'unused', command: [toolPath('knip')] },
  { name: 'imports', command: ['scripts/import.mjs', '--check'] },
  {
    name: 'schemas',
    command: ['scripts/compile-schemas.mjs', '--check'],
    fix: 'node scripts/compile-schemas.mjs',
  },
  { name: 'prose', command: ['scripts/check-prose.mjs'] },
  { name: 'docs', command: ['scripts/docs.mjs', '--check'], fix: 'npm run docs' },
  { name: 'synth', command: ['dist/lib/cli/bin.js', 'synth', '--check'], fix: 'npm run synth' },
];

function run(command) {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ failed: error !== null, output: `${stdout}${stderr}`.trim() });
    });
  });
}

async function runCheck(check) {
  const start = performance.now();
  const result = await run(check.command);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${result.failed ? 'FAIL' : 'ok  '} ${check.name} (${seconds} s)`);
  return { ...check, ...result };
}

async function runAll(selected) {
  const waiting = [...selected];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await runCheck(next));
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return results.filter(({ failed }) => failed);
}

/** Several checks use the build: it must be made from these sources. */
async function bringBuildUpToDate() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp()) return true;
  const { failed, output } = await run(['scripts/build.mjs']);
  console.log(`${failed ? 'FAIL' : 'ok  '} build`);
  if (failed) console.log(output);
  return !failed;
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `no such check: ${unknown.join(', ')}; there are ${checks.map(({ name }) => name).join(', ')}`,
  );
  process.exitCode = 2;
} else if (!(await bringBuildUpToDate())) {
  process.exitCode = 1;
} else {
  const failures = await runAll(
    names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name)),
  );
  for (const { name, output, fix } of failures) {
    console.log(`\n--- ${name}\n${output}${fix === undefined ? '' : `\nfix: ${fix}`}`);
  }
  if (failures.length > 0) process.exitCode = 1;
}
