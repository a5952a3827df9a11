// Measures cdk8s-flux diff beside cdk8s-flux check: CPU time of whole processes with git, by the number of manifest files. In the
// first diff, 1 % of the files differ, in the second a third of them.
//   node bench/diff.mjs                  1,000 and 10,000 files
//   node bench/diff.mjs 100000           other numbers
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository } from './manifest-files.mjs';
import { bin, measureProcess } from './whole-process.mjs';

const RUNS = 3;

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
    // A clone has its objects in one pack.
    execFileSync('git', ['-C', folder, 'gc', '--quiet']);
    const commands = [['check'], ['diff', 'base', 'some'], ['diff', 'base', 'third']];
    const [check, some, third] = bestOf(RUNS, () =>
      commands.map((argv) => measureProcess([bin, ...argv], { cwd: folder, allowed: [0, 1] }).cpu),
    );
    const times = (cpu) => `${cpu.toFixed(2)} s (${(cpu / check).toFixed(2)} times)`;
    console.log(
      `${files} files: check ${check.toFixed(2)} s of CPU, diff of 1 % ${times(some)}, of a third ${times(third)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) measure(size);
