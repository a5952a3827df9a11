// Compiles lib/ and imports/ into dist/, removes output whose source is gone, bundles the command and the script and
// style of the page that `cdk8s-flux graph --format html` writes, writes the JSON schemas that the package publishes, and
// writes a stamp of the sources, so that an outdated build is noticed.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { sourceStamp, stampFile } from './source-stamp.cjs';
import { toolPath } from './tool.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Removes the output of deleted sources, so that it is not published. */
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
// Tests that need the build request it in parallel: a current build must not change under the others.
if (isCurrent && outputs.every((folder) => existsSync(join(dist, folder)))) process.exit(0);
// The compiler trusts its notes of the last run: if someone removed outputs by hand, it would write nothing.
if (!outputs.every((folder) => existsSync(join(dist, folder))))
  rmSync(join(dist, '.tsbuildinfo'), { force: true });
rmSync(stampFile, { force: true });
execFileSync(process.execPath, [toolPath('typescript', 'tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
for (const folder of outputs) removeOrphans(folder);
// The command is one file: node takes longer to find and open its 450 modules than to run most of its verbs.
buildSync({
  entryPoints: [join(root, 'lib/cli/bin.ts')],
  outfile: join(dist, 'lib/cli/bin.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  allowOverwrite: true,
  logLevel: 'warning',
});
// npm makes a package's command executable when it installs it; `npx` in this repository runs the file as it is here.
chmodSync(join(dist, 'lib/cli/bin.js'), 0o755);

// One file each, as they are written into the page. Names are kept, so that an error in a browser is readable.
buildSync({
  entryPoints: ['page.ts', 'page.css'].map((name) => join(root, 'lib/draw/page', name)),
  outdir: join(dist, 'lib/draw/page'),
  bundle: true,
  format: 'iife',
  target: ['chrome120', 'firefox120', 'safari17'],
  charset: 'ascii',
  minifyWhitespace: true,
  logLevel: 'warning',
});

const require = createRequire(import.meta.url);
const schemas = {
  'cdk8s-flux': require('../dist/lib/config/config-schema.js').editorSchema(),
  pins: require('../dist/lib/rollout/pins-schema.js').pinsEditorSchema(),
  diff: require('../dist/lib/diff/report/json-schema.js').diffSchema(),
};
mkdirSync(join(root, 'schema'), { recursive: true });
for (const [name, schema] of Object.entries(schemas))
  writeFileSync(join(root, `schema/${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);

writeFileSync(stampFile, stamp);
