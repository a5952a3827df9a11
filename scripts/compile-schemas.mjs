// Generates lib/schema/generated/ and, from the newest version, lib/flux/generated/ from crds/, and the shapes of constructors'
// arguments from the types of lib/delivery; when asked, also the schemas of Kubernetes' own kinds from its OpenAPI document.
//
//   node scripts/compile-schemas.mjs                the Flux kinds
//   node scripts/compile-schemas.mjs --kubernetes   the Kubernetes kinds too; needs Go, to fetch the sources
//   node scripts/compile-schemas.mjs --check        fails if a file is not what it would generate
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { compileArgumentShapes } from './schemas/argument-shapes.mjs';
import { compileFields } from './schemas/fields.mjs';
import { compileFlux } from './schemas/flux.mjs';
import { fluxVersions, schemasOf } from './schemas/versions.mjs';
import { compileKubernetes, fetchKubernetes } from './schemas/kubernetes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
/** The content that each file must have, by path. */
const outputs = new Map();
for (const version of fluxVersions()) {
  outputs.set(`lib/schema/generated/flux-${version}.ts`, compileFlux(version, schemasOf(version)));
}
for (const [name, text] of fieldsOf(fluxVersions().at(-1))) outputs.set(`lib/flux/generated/${name}`, text);
outputs.set('lib/flux/generated/argument-shapes.ts', compileArgumentShapes());
if (process.argv.includes('--kubernetes')) {
  for (const [name, text] of compileKubernetes(fetchKubernetes()))
    outputs.set(`lib/schema/generated/${name}`, text);
}

/** The interfaces of each kind's fields; the imported enums are valid in them. */
function fieldsOf(version) {
  const crds = readdirSync(schemasOf(version)).sort();
  return crds.map((file) => {
    const crd = parse(readFileSync(join(schemasOf(version), file), 'utf8'));
    return compileFields(version, crd, readFileSync(join(root, `imports/${crd.spec.group}.ts`), 'utf8'));
  });
}

const stale = [];
for (const [name, text] of outputs) {
  const file = join(root, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    stale.push(name);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.error(`wrote ${name} (${text.length} characters)`);
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}\nfix: node scripts/compile-schemas.mjs`);
  process.exitCode = 1;
}
