// Makes lib/schema/generated/ from crds/ and, when asked, from the OpenAPI document of Kubernetes.
//
//   node scripts/compile-schemas.mjs                the Flux kinds
//   node scripts/compile-schemas.mjs --kubernetes   the Kubernetes kinds too; needs Go, to fetch the sources
//   node scripts/compile-schemas.mjs --check        fails when what is there is not what would be made
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFlux } from './schemas/flux.mjs';
import { compileKubernetes, fetchKubernetes } from './schemas/kubernetes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const outputs = new Map();
for (const folder of readdirSync(join(root, 'crds')).sort()) {
  const version = /^flux-(\d+\.\d+)$/.exec(folder)?.[1];
  if (version) outputs.set(`flux-${version}.ts`, compileFlux(version, join(root, 'crds', folder)));
}
if (process.argv.includes('--kubernetes')) {
  for (const [name, text] of compileKubernetes(fetchKubernetes())) outputs.set(name, text);
}

const stale = [];
for (const [name, text] of outputs) {
  const file = join(root, 'lib/schema/generated', name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    stale.push(name);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.error(`wrote lib/schema/generated/${name} (${text.length} characters)`);
}
if (stale.length > 0) {
  console.error(`stale in lib/schema/generated: ${stale.join(', ')}\nfix: node scripts/compile-schemas.mjs`);
  process.exitCode = 1;
}
