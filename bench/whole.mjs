// Measures synth as its users run it: whole processes, from the start of Node to its end, with all checks. The same
// objects in one chart of plain cdk8s are measured in the same run, and the ratios to it are what counts. Plain cdk8s with a
// file for each object shows how much of a first synth is the creation of files, which depends on the file system.
//   node bench/whole.mjs                    12,000 objects
//   node bench/whole.mjs 3000 100000        other numbers
//   node bench/whole.mjs --rounds 9 12000   more rounds; by default 5, above 50,000 objects 1
// Figures are CPU time (user and system) of the process and what it starts. The sides take turns, and the median of each
// side counts. The project is a git repository; a first synth finds nothing in it from an earlier one. Its files are kept
// in memory where there is room for them (/dev/shm): a disk may take ten times as long to create one, whoever asks.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureProcess } from './whole-process.mjs';

const MEMORY = '/dev/shm';
const ROOM = 4e9;
const TARGETS = { first: 1.5, unchanged: 1 };
const MEGABYTES = 1200;
const GROWTH = 1.2;
/** Above this number, plain cdk8s takes too much time and memory. */
const MOST_PLAIN = 20_000;

const objectsFile = pathToFileURL(join(import.meta.dirname, 'objects.mjs')).href;
const BUILDERS = { plain: 'buildOneChart', files: 'buildChartPerApp', ours: 'buildOurs' };
const base = mkdtempSync(join(folderForFiles(), 'cdk8s-flux-bench-whole-'));

/** A folder for temporary files, in memory where they fit. */
function folderForFiles() {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM ? MEMORY : tmpdir();
}

/** An app as a user has it, in its own folder. */
function makeProject(name, objects) {
  const folder = join(base, `${name}-${objects}`);
  mkdirSync(folder);
  execFileSync('git', ['init', '--quiet', folder]);
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.mjs\noutput: dist\n');
  writeFileSync(join(folder, 'cdk8s-flux.yaml'), 'version: 1\nroot: .\n');
  const builder = BUILDERS[name];
  const app = `import { ${builder} } from '${objectsFile}';\n${builder}(${objects}, 'dist').synth();\n`;
  writeFileSync(join(folder, 'main.mjs'), app);
  return folder;
}

/** Runs an app as cdk8s does. */
function run(folder) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  return measureProcess(['main.mjs'], {
    cwd: folder,
    env: { ...process.env, CDK8S_OUTDIR: join(folder, 'dist') },
  });
}

function median(runs) {
  return [...runs].sort((a, b) => a.cpu - b.cpu)[Math.floor(runs.length / 2)];
}

function measure(objects, rounds) {
  const plain = makeProject('plain', objects);
  const ours = makeProject('ours', objects);
  const files = makeProject('files', objects);
  const found = { plain: [], files: [], first: [], unchanged: [] };
  for (let round = 0; round < rounds; round++) {
    for (const left of ['cluster-resources', '.git/cdk8s-flux'])
      rmSync(join(ours, left), { recursive: true, force: true });
    if (objects <= MOST_PLAIN) {
      found.plain.push(run(plain));
      found.files.push(run(files));
    }
    found.first.push(run(ours));
    const unchanged = run(ours);
    if (!unchanged.stderr.includes('is up to date')) throw new Error(unchanged.stderr);
    found.unchanged.push(unchanged);
  }
  const result = { objects };
  for (const [name, runs] of Object.entries(found)) result[name] = median(runs);
  return result;
}

function show({ objects, plain, files, first, unchanged }) {
  const line = (name, { cpu, megabytes }, most) => {
    const ratio = plain && cpu / plain.cpu;
    const verdict = most === undefined ? '' : `at most ${most}: ${ratio <= most ? 'ok' : 'over'}`;
    const figures = `${cpu.toFixed(2).padStart(8)} s ${megabytes.toFixed(0).padStart(6)} MB`;
    const compared = plain ? `   ratio ${ratio.toFixed(2)}  ${verdict}` : '';
    console.log(`  ${name.padEnd(26)}${figures}${compared}`);
  };
  console.log(`\n${objects} objects`);
  if (plain) {
    line('plain cdk8s, one chart', plain);
    line('plain cdk8s, many files', files);
  }
  line('first synth', first, TARGETS.first);
  line('unchanged synth', unchanged, TARGETS.unchanged);
}

/** How the cost of an object grows from the smallest to the largest number, and the peak of memory there. */
function showGrowth(results) {
  const [small, large] = [results[0], results.at(-1)];
  if (small === large) return;
  console.log(`\nFrom ${small.objects} to ${large.objects} objects`);
  for (const name of ['first', 'unchanged']) {
    const growth = large[name].cpu / large.objects / (small[name].cpu / small.objects);
    console.log(
      `  ${name}: ${growth.toFixed(2)} times the CPU an object, at most ${GROWTH}: ${growth <= GROWTH ? 'ok' : 'over'}`,
    );
    const { megabytes } = large[name];
    console.log(
      `  ${name}: peak ${megabytes.toFixed(0)} MB, at most ${MEGABYTES}: ${megabytes <= MEGABYTES ? 'ok' : 'over'}`,
    );
  }
}

const words = process.argv.slice(2);
const flag = words.indexOf('--rounds');
const given = flag < 0 ? undefined : Number(words.splice(flag, 2)[1]);
const sizes = words.length > 0 ? words.map(Number).sort((a, b) => a - b) : [12_000];
console.log(`node ${process.version}, CPU time of whole processes, files below ${dirname(base)}`);
try {
  const results = sizes.map((objects) => measure(objects, given ?? (objects > 50_000 ? 1 : 5)));
  results.forEach(show);
  showGrowth(results);
} finally {
  rmSync(base, { recursive: true, force: true });
}
