import type { CompiledRule, RawKind } from './schema-source';
import { SchemaNode, type SchemaScope } from './schema-node';
import { metaNode } from './object-meta';

/** The content of a generated file for one version of Flux. */
interface FluxSchemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly rules: readonly CompiledRule[];
}

/** A kind whose schema is known. */
export interface KnownKind {
  readonly node: SchemaNode;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether the server drops `status` from what is applied. */
  readonly dropsStatus: boolean;
}

/* Required when first asked for: nothing is loaded before something is validated. */
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load at start-up */
const SOURCES: Readonly<Record<string, () => FluxSchemas>> = {
  '2.9': () => require('./generated/flux-2.9') as FluxSchemas,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** The minor versions of Flux whose schemas are known, oldest first. */
export const fluxVersions: readonly string[] = Object.keys(SOURCES);

const cache = new Map<string, KnownKind | undefined>();

/**
 * The schema of a Flux kind, for example `helm.toolkit.fluxcd.io/v2/HelmRelease`; `undefined` where that version of
 * Flux has none such.
 */
export function fluxKind(key: string, fluxVersion?: string): KnownKind | undefined {
  const version = closestVersion(fluxVersion);
  const cacheKey = `${version} ${key}`;
  if (!cache.has(cacheKey)) cache.set(cacheKey, prepare(SOURCES[version]!(), key));
  return cache.get(cacheKey);
}

/** The Flux kinds of a version, as `apiVersion/kind`. */
export function fluxKinds(fluxVersion?: string): string[] {
  return Object.keys(SOURCES[closestVersion(fluxVersion)]!().kinds);
}

/** -1, 0 or 1 as a minor version is older than, the same as or newer than another. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return Math.sign(majorA - majorB || minorA - minorB);
}

/** The newest known version that is not newer than the one asked for; failing that, the oldest. */
export function closestVersion(fluxVersion?: string): string {
  if (fluxVersion === undefined) return fluxVersions.at(-1)!;
  const asked = fluxVersion.replace(/^v/, '');
  return fluxVersions.filter((known) => compareVersions(known, asked) <= 0).at(-1) ?? fluxVersions[0]!;
}

function prepare({ kinds, rules }: FluxSchemas, key: string): KnownKind | undefined {
  const json = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
  if (json === undefined) return undefined;
  const raw = JSON.parse(json) as RawKind;
  const scope: SchemaScope = { definition: () => metaNode(), rules, decoded: false };
  const node = new SchemaNode(
    { ...raw, properties: { ...raw.properties, metadata: { ref: 'metadata' } } },
    scope,
  );
  return { node, scope: raw.scope ?? 'Namespaced', dropsStatus: raw.statusSubresource === true };
}
