// Measures cdk8s-flux diff beside cdk8s-flux check: CPU time of whole processes, by the number of manifest files. In the
// first diff, 1 % of the files differ, in the second a third of them.
//   node bench/diff.mjs                  1,000 and 10,000 files
//   node bench/diff.mjs 100000           other numbers
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository } from './manifest-files.mjs';

const require = createRequire(import.meta.url);
const RUNS = 3;

/** Runs one command in this process, which was started only for it. */
async function runCase(folder, argv) {
  const { run } = require('../dist/lib/cli/run.js');
  let output = '';
  const write = (text) => void (output += text);
  await run(argv, { stdout: write, stderr: write, cwd: folder, env: process.env });
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ cpu: (user + system) / 1e6 }));
}

function cpuOf(folder, ...argv) {
  const command = [import.meta.filename ?? process.argv[1], 'case', folder, ...argv];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })).cpu;
}

/** The minimum of each figure over several rounds: other programs on the machine make figures larger. */
function bestOf(rounds, measureAll) {
  const measured = Array.from({ length: rounds }, measureAll);
  return measured[0].map((_, index) => Math.min(...measured.map((figures) => figures[index])));
}

function commit(folder, branch) {
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('checkout', '-q', '-B', branch);
  git('add', '--all');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '-q', '-m', branch);
}

function change(folder, apps, step) {
  for (let index = 0; index < apps; index += step) {
    const file = join(folder, `apps/app-${index}/deployment.yaml`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/:1\.\d\.\d/, `:1.${step === 1 ? 2 : 1}.0`));
  }
}

function measure(files) {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-'));
  try {
    execFileSync('git', ['init', '-q', folder]);
    makeRepository(folder, files);
    commit(folder, 'base');
    change(folder, Math.floor(files / 3), 33);
    commit(folder, 'some');
    change(folder, Math.floor(files / 3), 1);
    commit(folder, 'third');
    const commands = [['check'], ['diff', 'base', 'some'], ['diff', 'base', 'third']];
    const [check, some, third] = bestOf(RUNS, () => commands.map((argv) => cpuOf(folder, ...argv)));
    const times = (cpu) => `${cpu.toFixed(2)} s (${(cpu / check).toFixed(2)} times)`;
    console.log(
      `${files} files: check ${check.toFixed(2)} s of CPU, diff of 1 % ${times(some)}, of a third ${times(third)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, folder, ...argv] = process.argv.slice(2);
if (first === 'case') await runCase(folder, argv);
else {
  const sizes = process.argv.slice(2).map(Number);
  for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) measure(size);
}
