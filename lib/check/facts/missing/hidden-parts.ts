import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { mapOf, textOf } from '../../../plain/plain-data';
import { nameOf } from '../../../findings/object-name';
import { once } from '../../../plain/once';
import type { ClusterFacts } from '../cluster-facts';
import { isFluxAddress } from '../installation/flux-versions';
import { isMadeUnnamed } from './generated-in-cluster';
import { fluxNamespaceOf } from '../rights/tenants';

/** A Kustomization of which the repository does not show all that it applies. */
export interface HiddenPart {
  /** The Kustomization. */
  readonly node: GraphNode;
  /** Whether its path lies in another repository; else a build of this one is not known in full. */
  readonly isForeign: boolean;
  /** The words of its name, address and path, in lower case. */
  readonly words: ReadonlySet<string>;
}

/** A part that may bring an object which the repository does not show. */
export interface PossibleOrigin {
  readonly part: HiddenPart;
  /** Whether something speaks for it: its name, address or path, as with `infrastructure`; or a build that failed. */
  readonly isLikely: boolean;
}

/** Usual names of repositories that contain the base for others. */
const SHARED =
  /^(?:infra|infrastructure|platform|fleet|sources?|repos?|repositor(?:y|ies)|helmrepositor(?:y|ies)|shared|common|flux|clusters?|gitops|base|core|bootstrap|tenants?|addons?|system|controllers?|crds?)$/;

/** Whether a name or address is one of what brings things that others build upon. */
export function isSharedName(text: string): boolean {
  return wordsOf(text).some((word) => SHARED.test(word));
}

/** The parts of a cluster that the repository does not show. Those that go to other clusters are none. */
export const hiddenParts = once((facts: ClusterFacts): readonly HiddenPart[] => {
  const candidates = facts.kustomizations.filter(({ build }) => build && build.remoteCluster === undefined);
  const parts = candidates.flatMap((node) => partOf(facts, node));
  let waiting = candidates.filter((node) => missingSource(facts, node) !== undefined);
  // A Kustomization without a source creates nothing, unless another hidden part creates the source.
  for (let before = -1; before !== parts.length;) {
    before = parts.length;
    const found = waiting.filter((node) => {
      const source = missingSource(facts, node);
      return source && parts.some((part) => canApply(facts, part, source));
    });
    parts.push(...found.map((node) => describe(facts, node, true)));
    waiting = waiting.filter((node) => !found.includes(node));
  }
  return parts;
});

/**
 * What may bring an object that no file of the repository shows; of several parts, one that is likely to.
 *
 * @param isOut - whether a part is known not to bring it, as the Kustomization that refers to it
 */
export function possibleOrigin(
  facts: ClusterFacts,
  identity: ObjectIdentity,
  isOut: (part: HiddenPart) => boolean,
): PossibleOrigin | undefined {
  const able = hiddenParts(facts).filter((part) => canApply(facts, part, identity) && !isOut(part));
  const likely = able.find((part) => isLikely(part, identity));
  const part = likely ?? able[0];
  return part && { part, isLikely: likely !== undefined };
}

/** What a finding says of a part that may bring what is missing. */
export function describeOrigin({ part: { node, isForeign } }: PossibleOrigin): string {
  const name = nameOf(node.identity);
  if (hasUnknownPath(node))
    return `the path of ${name} has a variable whose value is not in the files, so it may contain it`;
  if (node.build?.failure === 'build-refused')
    return `the build of ${name} fails, so it is not known in full, and may contain it`;
  return `${name} applies ${isForeign ? 'another repository' : 'objects that are not in the files'}, which may install it`;
}

function isLikely({ isForeign, words }: HiddenPart, { name }: ObjectIdentity): boolean {
  const named = new Set(wordsOf(name).filter(({ length }) => length > 3));
  return !isForeign || [...words].some((word) => SHARED.test(word) || named.has(word));
}

function partOf(facts: ClusterFacts, node: GraphNode): HiddenPart[] {
  const { build } = node;
  if (!build || missingSource(facts, node) !== undefined) return [];
  if (hasUnknownPath(node)) return [describe(facts, node, false)];
  if (build.source !== 'repository')
    return isFluxAddress(addressOf(facts, node)) ? [] : [describe(facts, node, true)];
  return build.complete ? [] : [describe(facts, node, false)];
}

/** Whether the path, in this repository, has a variable whose value is not in the files. */
function hasUnknownPath({ build }: GraphNode): boolean {
  return build?.source === 'unknown' && build.path.includes('${');
}

/** The source of a Kustomization, if nothing that we see creates it. */
function missingSource(facts: ClusterFacts, { id, build }: GraphNode): ObjectIdentity | undefined {
  if (build?.source !== 'unknown') return undefined;
  const [edge] = facts.edgesFrom(id, 'source');
  const target = edge && facts.node(edge.to);
  if (target?.state !== 'missing' || isMadeUnnamed(facts, target.identity.kind)) return undefined;
  return target.identity;
}

function sourceOf(facts: ClusterFacts, { id }: GraphNode): GraphNode | undefined {
  const [edge] = facts.edgesFrom(id, 'source');
  return edge && facts.node(edge.to);
}

/** The address of the source of a Kustomization; '' if it is unknown. */
function addressOf(facts: ClusterFacts, node: GraphNode): string {
  return textOf(mapOf(sourceOf(facts, node)?.object?.spec).url) ?? '';
}

function describe(facts: ClusterFacts, node: GraphNode, isForeign: boolean): HiddenPart {
  const source = isForeign ? sourceOf(facts, node) : undefined;
  const address = isForeign ? addressOf(facts, node).replace(/^\w+:\/\/[^/]*\//, '') : '';
  const { build, identity } = node;
  const texts = [identity.name, build?.path ?? '', source?.identity.name ?? '', address];
  return { node, isForeign, words: new Set(texts.flatMap(wordsOf)) };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/**
 * Whether a part can apply an object at all: `targetNamespace` forces everything into one namespace, and kustomize
 * renames every Namespace to it. Only what lies beside Flux, or beside the Kustomization itself, may be Kustomizations that
 * apply more.
 */
function canApply(
  facts: ClusterFacts,
  { node }: HiddenPart,
  { group, kind, name, namespace }: ObjectIdentity,
): boolean {
  const { targetNamespace, serviceAccountName } = mapOf(node.object?.spec);
  const target = textOf(targetNamespace);
  if (target === undefined || target.includes('${')) return true;
  if (kind === 'Namespace' && group === '') {
    const isBesideFlux = target === fluxNamespaceOf(facts);
    // A tenant, which has an account of its own, seldom creates namespaces.
    const isBesideIt = target === node.identity.namespace && serviceAccountName === undefined;
    return target === name || isBesideFlux || isBesideIt;
  }
  return namespace === undefined || target === namespace;
}
