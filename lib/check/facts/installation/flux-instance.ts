import { instanceSpec } from '../../../graph/entries/flux-instance';
import type { PlainMap } from '../../../plain/plain-data';
import { documentsOf } from '../../../tree/readable-documents';
import type { ClusterFacts } from '../cluster-facts';

/** The spec of the FluxInstance that starts a cluster; `undefined` if something else does. */
export function instanceOf(facts: ClusterFacts): PlainMap | undefined {
  const { file = '', line } = facts.node(facts.cluster.root)?.location ?? {};
  const documents = documentsOf(facts.tree.get(file));
  return instanceSpec(documents.find((document) => document.line === line)?.object);
}
