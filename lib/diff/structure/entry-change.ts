import type { Change } from '../change';
import type { ClusterComparison } from './cluster-comparison';
import type { ClusterPair } from './pair-clusters';
import { qualifiedName } from '../../findings/object-name';

/** The entry path of a cluster has another name: Flux in the cluster does not learn of it from git. */
export function entryChange(
  { base, head }: Required<ClusterPair>,
  { head: state }: ClusterComparison,
): Change[] {
  const root = state.nodes.get(head.root);
  if (base.entry === head.entry || !root) return [];
  const [before, after] = [base.entry, head.entry].map((path) => `./${path}`);
  return [
    {
      class: 'source-changed',
      object: root.identity,
      owner: qualifiedName(root.identity),
      fields: [{ path: 'spec.path', before, after }],
      message: `the entry path changes from ${JSON.stringify(before)} to ${JSON.stringify(after)}: Flux in the cluster still builds the old path, and fails if that no longer exists`,
      hint: `run flux bootstrap with --path=${String(after)} once this is merged`,
      ...(root.location && { location: root.location }),
    },
  ];
}
