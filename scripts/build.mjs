// Compiles lib/ and imports/ into dist/, removes what has no source any more, writes the schema of cdk8s-flux.yaml for
// editors, and stamps what was compiled so that a stale build is noticed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sourceStamp, stampFile } from './source-stamp.cjs';
import { toolPath } from './tool.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Removes what an earlier build made of sources that are gone, so that it is not published. */
function removeOrphans(folder) {
  for (const entry of readdirSync(join(dist, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    const source = entry.isDirectory() ? path : path.replace(/(\.d)?\.(ts|js)$/, '.ts');
    if (!existsSync(join(root, source))) rmSync(join(dist, path), { recursive: true });
    else if (entry.isDirectory()) removeOrphans(path);
  }
}

const outputs = ['lib', 'imports'];
const stamp = sourceStamp();
const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
// Tests that need the build ask for it side by side: what is current must stay as it is under the others.
if (isCurrent && outputs.every((folder) => existsSync(join(dist, folder)))) process.exit(0);
// The compiler trusts its notes of the last run: with outputs removed by hand it would make nothing.
if (!outputs.every((folder) => existsSync(join(dist, folder))))
  rmSync(join(dist, '.tsbuildinfo'), { force: true });
rmSync(stampFile, { force: true });
execFileSync(process.execPath, [toolPath('typescript', 'tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
for (const folder of outputs) removeOrphans(folder);

const { editorSchema } = createRequire(import.meta.url)('../dist/lib/config/config-schema.js');
mkdirSync(join(root, 'schema'), { recursive: true });
writeFileSync(join(root, 'schema/cdk8s-flux.schema.json'), `${JSON.stringify(editorSchema(), null, 2)}\n`);

writeFileSync(stampFile, stamp);
