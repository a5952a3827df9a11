// Where the schemas of each version of Flux are.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const crds = join(import.meta.dirname, '../../crds');

/** The versions whose schemas are here, oldest first: `2.10` is newer than `2.9`. */
export function fluxVersions() {
  const parts = (version) => version.split('.').map(Number);
  return readdirSync(crds)
    .flatMap((folder) => /^flux-(\d+\.\d+)$/.exec(folder)?.[1] ?? [])
    .sort((a, b) => parts(a)[0] - parts(b)[0] || parts(a)[1] - parts(b)[1]);
}

/** The folder of a version's schemas. */
export function schemasOf(version) {
  return join(crds, `flux-${version}`);
}

/** The folder of the newest version's schemas. */
export function newestSchemas() {
  const newest = fluxVersions().at(-1);
  if (newest === undefined) throw new Error('crds/ has no folder of schemas, such as flux-2.9');
  return schemasOf(newest);
}
