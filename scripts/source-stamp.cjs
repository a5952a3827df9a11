// A hash of all sources of the compiled package. The build writes it beside its output, so that a program that runs
// this output from a checkout can tell whether it still matches the sources.
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** Where the build leaves the stamp. */
const stampFile = join(root, 'dist', '.source-stamp');

/** The stamp of the current sources. */
function sourceStamp() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesBelow('lib'),
    ...filesBelow('imports'),
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/build.mjs',
  ]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The files below a folder, as paths from the repository's root, in code-unit order. */
function filesBelow(folder) {
  const files = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...filesBelow(path));
    else files.push(path);
  }
  return files.sort();
}

module.exports = { sourceStamp, stampFile };
