// Runs an app of this repository with the compiled package: `node scripts/run-app.cjs main.ts`, from cdk8s.yaml. Only
// the app itself is compiled on the way.
const { existsSync, readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { sourceStamp, stampFile } = require('./source-stamp.cjs');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== sourceStamp()) {
  process.stderr.write('stale-build\n  dist/ does not fit lib/ and imports/\n  fix: npm run build\n');
  process.exit(1);
}
require('./register-typescript.cjs');
require(resolve(process.argv[2]));
