// Measures cdk8s-flux check: CPU time and peak of memory of the whole process, by the number of manifest files. Each app
// is a Kustomization, a Deployment and a Service in three files. If kubeconform is on PATH, it is measured too; it
// checks only schemas.
//   node bench/check.mjs                  1,000 and 10,000 files
//   node bench/check.mjs 100000           other numbers
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository } from './manifest-files.mjs';
import { bin, measureProcess } from './whole-process.mjs';

function measure(files) {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-'));
  try {
    makeRepository(folder, files);
    const { cpu, megabytes } = measureProcess([bin, 'check', folder]);
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

const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) measure(size);
