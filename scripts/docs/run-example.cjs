// Runs an example that imports `cdk8s-flux` with the sources of lib/, and returns the files that it generates.
require('../register-typescript.cjs');
const { transformSync } = require('@swc/core');
const library = require('../../lib/index.ts');
const { synthFiles } = require('../../lib/testing/index.ts');

/** The content of each file by its path from the repository's root; nothing is written. */
function runExample(code) {
  let files = {};
  class GitOpsApp extends library.GitOpsApp {
    synth() {
      files = synthFiles(this);
    }
  }
  const { code: script } = transformSync(code, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const load = (name) => (name === 'cdk8s-flux' ? { ...library, GitOpsApp } : require(name));
  new Function('require', 'exports', script)(load, {});
  return files;
}

module.exports = { runExample };
