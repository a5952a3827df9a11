// Generates imports/ from the newest CRD schemas in crds/, without the network.
//   npm run import              writes imports/ and removes what the schemas no longer generate
//   npm run import -- --check   writes nothing; fails if imports/ is not what it would write
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newestSchemas } from './schemas/versions.mjs';
import { toolPath } from './tool.mjs';

const root = join(import.meta.dirname, '..');

/** What `cdk8s import` generates from all the schemas together (it generates one module for each API group). */
function generate() {
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-import-'));
  try {
    const folder = newestSchemas();
    const schemas = readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
    writeFileSync(
      join(scratch, 'flux.yaml'),
      schemas.map((name) => readFileSync(join(folder, name), 'utf8')).join(''),
    );
    execFileSync(
      process.execPath,
      [toolPath('cdk8s-cli', 'cdk8s'), 'import', '--no-save', '-l', 'typescript', '-o', 'out', 'flux.yaml'],
      {
        cwd: scratch,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
      },
    );
    return readFolder(join(scratch, 'out'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readFolder(folder) {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

const imports = join(root, 'imports');
const wanted = generate();
const present = readFolder(imports);
const stale = [...present.keys()].filter((name) => !wanted.has(name));
const changed = [...wanted.keys()].filter((name) => present.get(name) !== wanted.get(name));

if (process.argv.includes('--check')) {
  for (const name of [...changed, ...stale])
    console.error(`imports/${name} is not what the schemas in crds/ generate`);
  if (changed.length + stale.length > 0) {
    console.error('fix: npm run import, and commit imports/');
    process.exitCode = 1;
  }
} else {
  mkdirSync(imports, { recursive: true });
  for (const name of stale) rmSync(join(imports, name));
  for (const name of changed) writeFileSync(join(imports, name), wanted.get(name));
  console.error(
    `imports/: ${changed.length} written, ${stale.length} removed, ${wanted.size - changed.length} unchanged`,
  );
}
