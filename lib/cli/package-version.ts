import { readFileSync } from 'node:fs';

/** The version in package.json, which the package can always require by its own name. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(require.resolve('cdk8s-flux/package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
