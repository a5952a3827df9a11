// Measures synth against plain cdk8s and against the limit, the same bytes written by plain `fs`, in one run.
//   npm run bench                  2,000 and 10,000 objects
//   npm run bench -- --large       100,000 objects as well
//   npm run bench -- 5000 20000    other numbers
// Figures are CPU time per object (user and system) unless they say otherwise. Nothing here fails a test: CPU times
// depend on the machine, so compare the ratios.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryCount } from './objects.mjs';

/** The time of plain cdk8s grows with the square of the number of charts. */
const MOST_CHARTS = 1000;
const MOST_IN_ONE_CHART = 20_000;

const given = process.argv.slice(2);
const numbers = given.filter((word) => /^\d+$/.test(word)).map(Number);
const sizes = numbers.length > 0 ? numbers : [2000, 10_000];
if (given.includes('--large')) sizes.push(100_000);

function runCase(name, objects, folder) {
  const command = [join(import.meta.dirname, 'case.mjs'), name, String(objects), folder];
  return JSON.parse(execFileSync(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] }));
}

/**
 * Creating files costs a file system two to ten times as much at one moment as at another, and most of all after many
 * were deleted. So nothing is deleted before the end, the sides take turns over several rounds, and the best round of
 * each counts.
 */
const ROUNDS = 3;
const base = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-'));

function measure(objects) {
  const rounds = Array.from({ length: objects > 20_000 ? 1 : ROUNDS }, () => measureOnce(objects));
  const best = (name) =>
    rounds.map((round) => round[name]).reduce((a, b) => (a && total(b) < total(a) ? b : a));
  const [first, unchanged, limit] = ['first', 'unchanged', 'limit'].map(best);
  return { objects, first, unchanged, limit, ...measurePlain(objects) };
}

function measureOnce(objects) {
  const folder = mkdtempSync(join(base, 'case-'));
  const first = runCase('ours', objects, folder);
  const unchanged = runCase('ours', objects, folder);
  if (unchanged.written !== 0) throw new Error(`an unchanged synth wrote ${unchanged.written} files`);
  const limit = runCase('limit', objects, folder);
  return { first, unchanged, limit };
}

function measurePlain(objects) {
  const folder = mkdtempSync(join(base, 'case-'));
  const oneChart = objects <= MOST_IN_ONE_CHART ? runCase('one-chart', objects, folder) : undefined;
  const perApp =
    directoryCount(objects) <= MOST_CHARTS ? runCase('chart-per-app', objects, folder) : undefined;
  return { oneChart, perApp };
}

const total = ({ stages }) => Object.values(stages).reduce((sum, { cpu }) => sum + cpu, 0);

function show({ objects, first, unchanged, limit, oneChart, perApp }) {
  const each = (cpu) => `${(cpu / objects).toFixed(1).padStart(9)} µs`;
  const line = (name, cpu, note = '') => console.log(`  ${name.padEnd(34)}${each(cpu)}  ${note}`);
  console.log(`\n${objects} objects in ${directoryCount(objects)} directories, ${first.written} files`);
  for (const [title, run] of Object.entries({ 'first synth': first, 'unchanged synth': unchanged })) {
    for (const [name, { cpu }] of Object.entries(run.stages)) line(`${title}: ${name}`, cpu);
    line(title, total(run), `peak ${run.megabytes.toFixed(0)} MB`);
  }
  const written = limit.stages['write'].cpu;
  line(
    'limit: plain fs writes',
    written,
    `first synth takes ${(total(first) / written).toFixed(2)} times that`,
  );
  line('limit: plain fs reads, compares', limit.stages['read and compare'].cpu);
  const ratio = (run) => `${(total(run) / total(first)).toFixed(1)} times our first synth`;
  if (oneChart) line('plain cdk8s, one chart', total(oneChart), ratio(oneChart));
  if (perApp) line('plain cdk8s, a chart an app', total(perApp), ratio(perApp));
}

/** The goals, and whether this run met them. */
function showTargets(results) {
  const rows = results.flatMap(({ objects, first, unchanged, limit }) => {
    const most = 1.5 * (limit.stages['write'].cpu / objects) + 60;
    const peak = Math.max(first.megabytes, unchanged.megabytes);
    return [
      [`unchanged synth of ${objects}: µs an object`, total(unchanged) / objects, 90],
      [`first synth of ${objects}: µs an object (1.5 x limit + 60)`, total(first) / objects, most],
      [`peak at ${objects}: MB`, peak, 600],
    ];
  });
  const [middle, large] = [10_000, 100_000].map((size) => results.find(({ objects }) => objects === size));
  for (const kind of middle && large ? ['first', 'unchanged'] : []) {
    const growth = total(large[kind]) / large.objects / (total(middle[kind]) / middle.objects);
    rows.push([`${kind} synth: an object of 100000 against one of 10000`, growth, 1.3]);
  }
  console.log('\nTargets');
  for (const [name, got, most] of rows) {
    const verdict = got <= most ? 'ok  ' : 'over';
    console.log(`  ${verdict} ${name.padEnd(58)}${got.toFixed(2).padStart(9)}  at most ${most.toFixed(2)}`);
  }
}

console.log(`node ${process.version}, CPU time per object`);
try {
  const results = sizes.map(measure);
  results.forEach(show);
  showTargets(results);
} finally {
  rmSync(base, { recursive: true, force: true });
}
