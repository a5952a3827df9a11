import { comparableText } from '../../plain/comparable-text';
import type { ObjectIdentity } from '../../findings/finding';
import { isSimilar } from '../../findings/nearest-name';
import { BOOTSTRAP_NAME, FLUX_NAMESPACE } from '../../kinds/names';
import { listOf, mapOf, textOf, valueAt } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { fluxNodeType, isFluxKustomization } from '../kinds';
import { sourcePath } from '../post-build/kustomization-change';
import { isArtifactGenerator } from '../sources/generated-artifact';
import type { Resource } from '../kustomize/resource';
import { isSameSource, sourceOf, sourceOfObject } from './entry';
import type { BuiltPath, Repository } from './repository';
import { isArtifact } from './source-root';
import { asText } from '../../plain/as-text';

/** What a repository has, its builds and its address. */
type Builds = Pick<Repository, 'has' | 'whole' | 'isAtOtherAddress'>;

/** The object of a source, where the folder that is built has it. */
export function sourceOfResource(
  source: ObjectIdentity,
  folder: string,
  { has, whole }: Pick<Builds, 'has' | 'whole'>,
): ManifestObject | undefined {
  if (!has(folder)) return undefined;
  return whole.builder.build(folder).resources.find(({ object }) => isSource(object, source))?.object;
}

function isSource({ kind, metadata }: ManifestObject, source: ObjectIdentity): boolean {
  const namespace = textOf(metadata?.namespace) ?? source.namespace;
  return kind === source.kind && metadata?.name === source.name && namespace === source.namespace;
}

/** A source to which Kustomizations and charts refer, and the paths that are read from it. */
export interface UsedSource {
  readonly source: ObjectIdentity;
  readonly built: readonly BuiltPath[];
}

/** The kinds of sources that bootstrap or the Flux operator can create. */
const SYNC_KINDS: ReadonlySet<string> = new Set(['GitRepository', 'OCIRepository', 'Bucket']);

/**
 * The source that holds the repository, told by the Kustomizations, ArtifactGenerators and charts that a folder applies: the one
 * that it does not bring along, as bootstrap makes it; else the one from which most paths come that exist. Artifacts that
 * it brings along and of which no path exists here hold something else.
 */
export function likelySyncSource(folder: string, builds: Builds): UsedSource {
  const { has, whole } = builds;
  const resources = has(folder) ? whole.builder.build(folder).resources : [];
  const all = usedSources(resources, has).filter(({ source }) => SYNC_KINDS.has(source.kind));
  const isBrought = ({ source }: UsedSource) => resources.some(({ object }) => isSource(object, source));
  // Bootstrap makes one source, so if several are missing, some are mistyped.
  const areSeveral = all.filter((one) => !isBrought(one)).length > 1;
  const isMeant = ({ source }: UsedSource) =>
    source.name === BOOTSTRAP_NAME || !areSeveral || !isMistyped(source, resources);
  const isHere = ({ source }: UsedSource) => !isElsewhere(source, resources, builds);
  const used = all.filter((one) => (isBrought(one) ? isHere(one) : isMeant(one)));
  // The root exists in every source, so it shows nothing.
  const score = (candidate: UsedSource) =>
    (candidate.source.name === BOOTSTRAP_NAME ? 2e6 : 0) +
    (isBrought(candidate) ? 0 : 1e6) +
    candidate.built.filter(({ path }) => path !== '' && has(path)).length;
  const [best] = used.sort((a, b) => score(b) - score(a));
  const isOther = best !== undefined && isArtifact(best.source.kind) && score(best) === 0;
  return best === undefined || isOther ? { source: sourceOf({}, FLUX_NAMESPACE), built: [] } : best;
}

/**
 * Whether a source is another repository, although it has folders of the same paths: it has another address, or its
 * Kustomizations set variables, but they would build only objects that are there already, of which none uses a variable.
 */
export function isElsewhere(source: ObjectIdentity, resources: readonly Resource[], builds: Builds): boolean {
  if (builds.isAtOtherAddress(source)) return true;
  const { has, whole } = builds;
  const there = new Set(resources.map(({ object }) => nameKey(object)));
  const ofSource = resources.filter(
    ({ object }) => isFluxKustomization(object) && isSameSource(sourceOfObject(object), source),
  );
  return (
    ofSource.length > 0 &&
    ofSource.every(({ object: { spec } }) => {
      const { path, postBuild } = mapOf(spec);
      const folder = sourcePath(textOf(path));
      const variables = Object.keys(mapOf(mapOf(postBuild).substitute));
      if (variables.length === 0 || !has(folder)) return false;
      const built = whole.builder.build(folder).resources.map(({ object }) => object);
      const text = comparableText(built);
      return (
        built.every((object) => there.has(nameKey(object))) &&
        variables.every((name) => !text.includes(`\${${name}`) && !text.includes(`$${name}`))
      );
    })
  );
}

function nameKey({ kind, metadata }: ManifestObject): string {
  return `${kind}/${metadata?.name ?? ''}`;
}

/** Whether a source has nearly the same name as one that is there. */
function isMistyped({ kind, name, namespace }: ObjectIdentity, resources: readonly Resource[]): boolean {
  const others = resources.filter(
    ({ object }) => object.kind === kind && (object.metadata?.namespace ?? namespace) === namespace,
  );
  return others.some(({ object }) => isSimilar(name, asText(object.metadata?.name)));
}

function usedSources(resources: readonly Resource[], has: Builds['has']): UsedSource[] {
  const used: { source: ObjectIdentity; built: BuiltPath[] }[] = [];
  const add = (source: ObjectIdentity, built: readonly BuiltPath[]) => {
    const known = used.find((other) => isSameSource(other.source, source));
    if (known) known.built.push(...built);
    else used.push({ source, built: [...built] });
  };
  for (const { object, location } of resources) {
    const spec = mapOf(object.spec);
    if (isFluxKustomization(object))
      add(sourceOfObject(object), [{ file: location.file ?? '', path: sourcePath(spec.path) }]);
    else if (isArtifactGenerator(object))
      for (const source of listOf(spec.sources)) add(sourceOf(source, object.metadata?.namespace ?? ''), []);
    else if (fluxNodeType(apiGroup(object.apiVersion), object.kind) === 'helm-release') {
      const { chart, sourceRef } = mapOf(valueAt(spec, 'chart', 'spec'));
      const path = sourcePath(textOf(chart));
      // A chart that is not here may be in the Git repository of somebody else.
      if (path !== '' && has(path))
        add(sourceOf(sourceRef, textOf(object.metadata?.namespace) ?? ''), [
          { file: location.file ?? '', path },
        ]);
    }
  }
  return used;
}
