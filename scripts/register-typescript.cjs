// Lets node run this repository's TypeScript, without type checks, which the editor and `npm run check` do. In the same
// process, swc costs 18 ms at start; tsx, which starts esbuild as a separate process, 70. What swc makes of a text is kept
// in node_modules/.cache: most processes of the tests load the whole library, which takes half a second without.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const OPTIONS = {
  sourceMaps: 'inline',
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
};
const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'cdk8s-flux-typescript');
const compiler = JSON.stringify([require('@swc/core/package.json').version, OPTIONS]);

/** The code in the cache, which is whole or not there: it is written under another name first. */
function compile(filename, source) {
  const kept = join(CACHE, createHash('sha256').update(`${compiler}\0${filename}\0${source}`).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { ...OPTIONS, filename });
    keep(kept, code);
    return code;
  }
}

function keep(path, code) {
  try {
    mkdirSync(CACHE, { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, code);
    renameSync(temporary, path);
  } catch {
    // A checkout that nobody may write to works without.
  }
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, filename) => {
  module._compile(compile(filename, readFileSync(filename, 'utf8')), filename);
};
