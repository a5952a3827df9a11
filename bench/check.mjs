// Measures cdk8s-flux check: CPU time and peak of memory of the whole process, by the number of manifest files. Each app
// is a Kustomization, a Deployment and a Service in three files. If kubeconform is on PATH, it is measured too; it
// checks only schemas.
//   node bench/check.mjs                  1,000 and 10,000 files
//   node bench/check.mjs 100000           other numbers
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository } from './manifest-files.mjs';

const require = createRequire(import.meta.url);

/** Runs one check in this process, which was started only for it. */
async function runCase(folder) {
  const { run } = require('../dist/lib/cli/run.js');
  let output = '';
  const io = { stdout: (text) => (output += text), stderr: (text) => (output += text), cwd: folder, env: {} };
  const code = await run(['check', folder], io);
  const { user, system } = process.cpuUsage();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    JSON.stringify({ code, cpu: (user + system) / 1e6, megabytes, output: output.slice(-200) }),
  );
}

function measure(files) {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-'));
  try {
    makeRepository(folder, files);
    const command = [import.meta.filename ?? process.argv[1], 'case', folder];
    const { code, cpu, megabytes, output } = JSON.parse(
      execFileSync(process.execPath, command, { encoding: 'utf8' }),
    );
    if (code !== 0) throw new Error(output);
    console.log(
      `${files} files: cdk8s-flux check ${cpu.toFixed(2)} s of CPU, peak ${megabytes.toFixed(0)} MB`,
    );
    measureOther(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureOther(folder) {
  const start = performance.now();
  const { error } = spawnSync('kubeconform', ['-ignore-missing-schemas', folder], { stdio: 'ignore' });
  if (!error) console.log(`  kubeconform: ${((performance.now() - start) / 1000).toFixed(2)} s`);
}

const [first, folder] = process.argv.slice(2);
if (first === 'case') await runCase(folder);
else {
  const sizes = process.argv.slice(2).map(Number);
  for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) measure(size);
}
