// Compiles lib/ and imports/ into dist/, and stamps what was compiled so that a stale build is noticed.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sourceStamp, stampFile } from './source-stamp.cjs';

const require = createRequire(import.meta.url);
const stamp = sourceStamp();
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
writeFileSync(stampFile, stamp);
