import type { GraphNode } from '../../../graph/graph';
import { renderResourceSet } from '../../../graph/resource-sets/render-resource-set';
import { listOf, mapOf, textOf, textsOf, type PlainMap } from '../../../plain/plain-data';
import type { ClusterFacts } from '../cluster-facts';
import { once } from '../../../plain/once';

/** The objects of a cluster that create other objects there, which no file shows. */
const makersOf = once(({ nodes }: ClusterFacts): readonly GraphNode[] =>
  nodes.filter(({ identity: { kind } }) => kind === 'ArtifactGenerator' || kind === 'ResourceSet'),
);

/** Whether an ArtifactGenerator, or a ResourceSet with more than static inputs, makes objects of a kind in the cluster that no file shows. */
export function isMadeInCluster(cluster: ClusterFacts, kind: string): boolean {
  return isMadeBy(makersOf(cluster), kind);
}

/** The same for objects whose names no file shows. The artifacts of a generator have the names in its file. */
export function isMadeUnnamed(cluster: ClusterFacts, kind: string): boolean {
  return isMadeBy(
    makersOf(cluster).filter(({ object }) => !namesArtifacts(mapOf(object?.spec))),
    kind,
  );
}

/** Whether a generator lists the names of all its artifacts, rather than making one for each folder. */
function namesArtifacts({ artifacts, pathPattern }: PlainMap): boolean {
  const names = listOf(artifacts).map((artifact) => textOf(mapOf(artifact).name) ?? '');
  return names.length > 0 && pathPattern === undefined && !names.some((name) => /[${}]/.test(name));
}

function isMadeBy(makers: readonly GraphNode[], kind: string): boolean {
  return makers.some(({ identity, object }) => {
    if (identity.kind === 'ArtifactGenerator') return object !== undefined && kind === 'ExternalArtifact';
    const hidden = object ? renderResourceSet(object).hidden : [];
    return hidden.some((template) => mayBring(template, kind));
  });
}

/** Kinds whose objects bring others, which no file shows then. */
const BRINGING: ReadonlySet<string> = new Set(['Kustomization', 'ResourceSet']);

/** Whether a template may become an object of a kind, or one that brings such objects. */
function mayBring(template: unknown, kind: string): boolean {
  const kinds = typeof template === 'string' ? kindsIn(template) : textsOf([mapOf(template).kind]);
  return kinds.some((one) => one === kind || one.includes('<<') || BRINGING.has(one));
}

const kindsIn = (text: string): string[] =>
  [...text.matchAll(/\bkind["']?[ \t]*:[ \t]*["']?(\w+|<<)/g)].map(([, kind = '']) => kind);
