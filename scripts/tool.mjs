// Paths of the commands of installed packages, so that node runs them directly: no shell, no npx, on any system.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The file of a package's command, for example `toolPath('@arethetypeswrong/cli', 'attw')`. */
export function toolPath(packageName, command = packageName) {
  const manifest = require.resolve
    .paths(packageName)
    .map((folder) => join(folder, packageName, 'package.json'))
    .find((file) => existsSync(file));
  if (manifest === undefined) throw new Error(`the package ${packageName} is not installed: npm ci`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}
