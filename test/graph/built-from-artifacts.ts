import { splitCluster } from '../../lib/graph/artifacts/split-cluster';
import type { ClusterGraph, GraphNode } from '../../lib/graph/graph';
import { kustomizationChange, sourcePath } from '../../lib/graph/post-build/kustomization-change';
import { cutArtifact, placeInSource } from '../../lib/graph/sources/generated-artifact';
import { SourceViews } from '../../lib/graph/kustomize/source-views';
import { mapOf } from '../../lib/plain/plain-data';
import type { ManifestObject } from '../../lib/tree/manifest';
import type { Tree } from '../../lib/tree/tree';

/** The build of a Kustomization from its artifact. */
function builtFrom(tree: Tree, generator: ManifestObject, node: GraphNode, artifact: string): unknown {
  const copies = cutArtifact(generator, artifact)?.copies ?? [];
  const place = placeInSource(copies);
  expect(place?.root).toBe('');
  return built(new SourceViews(tree), node, place?.folders);
}

function built(views: SourceViews, { object, build }: GraphNode, folders?: readonly string[]): unknown {
  const { view, builder } = views.get(undefined, folders);
  const path = build?.path ?? '';
  const change = kustomizationChange(mapOf(object?.spec), (one) =>
    view.hasFolder(sourcePath(`${path}/${one}`)),
  );
  const { resources, findings } = builder.build(path, { change });
  return [resources.map((resource) => resource.object), findings.map(({ code, message }) => [code, message])];
}

/** Kustomizations whose build from the artifact differs from that from their source. */
export function differentFromArtifacts(tree: Tree, cluster: ClusterGraph): string[] {
  const { generator, split } = splitCluster(cluster, tree);
  const views = new SourceViews(tree);
  return split.flatMap(({ identity, sourceRef }) => {
    const node = cluster.nodes.find((one) => one.identity === identity);
    if (!node || !generator) return ['missing'];
    const [before, after] = [built(views, node), builtFrom(tree, generator, node, sourceRef['name'] ?? '')];
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [node.id];
  });
}
